# fails: known_probabilities — "probabilities already"
# base: solution
def activation(task, outputs):
    return outputs.softmax(dim=-1)

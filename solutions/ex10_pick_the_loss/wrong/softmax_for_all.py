# fails: known_probabilities — "already probabilities"
# base: solution
def activation(task, outputs):
    return outputs.softmax(dim=-1)

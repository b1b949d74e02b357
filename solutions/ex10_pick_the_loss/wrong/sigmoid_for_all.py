# fails: known_probabilities — "softmax, not sigmoid"
# base: solution
def activation(task, outputs):
    return outputs.sigmoid()

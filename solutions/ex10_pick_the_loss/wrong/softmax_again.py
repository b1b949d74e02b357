# fails: known_probabilities — "already probabilities"
# base: solution
def activation(task, outputs):
    if task == "multiclass":
        return outputs.softmax(dim=1)
    if task == "multiclass_probs":
        return outputs.softmax(1)
    if task == "multiclass_logprobs":
        return outputs.exp()
    if task == "binary":
        return outputs.sigmoid()
    return outputs.sigmoid()

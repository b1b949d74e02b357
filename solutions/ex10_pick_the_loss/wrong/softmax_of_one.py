# fails: known_probabilities — "A softmax over one number is always 1"
# base: solution
def activation(task, outputs):
    if task == "multiclass":
        return outputs.softmax(dim=1)
    if task == "multiclass_probs":
        return outputs
    if task == "multiclass_logprobs":
        return outputs.exp()
    if task == "binary":
        return outputs.softmax(1)
    return outputs.sigmoid()

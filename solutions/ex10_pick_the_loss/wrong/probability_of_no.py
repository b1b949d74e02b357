# fails: known_probabilities — "return those of yes"
# base: solution
def activation(task, outputs):
    if task == "multiclass":
        return outputs.softmax(dim=1)
    if task == "multiclass_probs":
        return outputs
    if task == "multiclass_logprobs":
        return outputs.exp()
    if task == "binary":
        return 1 - outputs.sigmoid()
    return outputs.sigmoid()

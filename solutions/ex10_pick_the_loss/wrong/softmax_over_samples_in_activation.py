# fails: known_probabilities — "must run over the classes"
# base: solution
def activation(task, outputs):
    if task == "multiclass":
        return outputs.softmax(0)
    if task == "multiclass_probs":
        return outputs
    if task == "multiclass_logprobs":
        return outputs.exp()
    if task == "binary":
        return outputs.sigmoid()
    return outputs.sigmoid()

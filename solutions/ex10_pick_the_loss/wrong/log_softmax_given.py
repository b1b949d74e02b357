# fails: known_probabilities — "take exp() of them"
# base: solution
def activation(task, outputs):
    if task == "multiclass":
        return outputs.log_softmax(1)
    if task == "multiclass_probs":
        return outputs
    if task == "multiclass_logprobs":
        return outputs.exp()
    if task == "binary":
        return outputs.sigmoid()
    return outputs.sigmoid()

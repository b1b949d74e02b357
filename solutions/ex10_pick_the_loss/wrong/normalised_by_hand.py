# fails: known_probabilities — "returned"
# base: solution
def activation(task, outputs):
    if task == "multiclass":
        return outputs / outputs.sum(dim=1, keepdim=True)
    if task == "multiclass_probs":
        return outputs
    if task == "multiclass_logprobs":
        return outputs.exp()
    if task == "binary":
        return outputs.sigmoid()
    return outputs.sigmoid()

# fails: class_losses, known_probabilities — "no sigmoids"
# base: solution
def make_loss(task):
    return {
        "multiclass": lambda z, y: F.binary_cross_entropy_with_logits(z, F.one_hot(y, z.shape[1]).float()),
        "multiclass_probs": lambda p, y: F.nll_loss(p.log(), y),
        "multiclass_logprobs": F.nll_loss,
        "binary": yes_or_no,
        "multilabel": yes_or_no,
    }[task]


def activation(task, outputs):
    if task == "multiclass":
        return outputs.sigmoid()
    if task == "multiclass_probs":
        return outputs
    if task == "multiclass_logprobs":
        return outputs.exp()
    if task == "binary":
        return outputs.sigmoid()
    return outputs.sigmoid()

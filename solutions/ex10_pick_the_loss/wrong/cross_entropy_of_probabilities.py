# fails: class_losses — "these are already probabilities"
# base: solution
def make_loss(task):
    return {
        "multiclass": F.cross_entropy,
        "multiclass_probs": F.cross_entropy,
        "multiclass_logprobs": F.nll_loss,
        "binary": yes_or_no,
        "multilabel": yes_or_no,
    }[task]

# fails: class_losses — "take the logarithm of the probabilities first"
# base: solution
def make_loss(task):
    return {
        "multiclass": F.cross_entropy,
        "multiclass_probs": F.nll_loss,
        "multiclass_logprobs": F.nll_loss,
        "binary": yes_or_no,
        "multilabel": yes_or_no,
    }[task]

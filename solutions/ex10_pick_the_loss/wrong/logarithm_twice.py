# fails: class_losses — "already log-probabilities"
# base: solution
def make_loss(task):
    return {
        "multiclass": F.cross_entropy,
        "multiclass_probs": lambda p, y: F.nll_loss(p.log(), y),
        "multiclass_logprobs": lambda lp, y: F.nll_loss(lp.log(), y),
        "binary": yes_or_no,
        "multilabel": yes_or_no,
    }[task]

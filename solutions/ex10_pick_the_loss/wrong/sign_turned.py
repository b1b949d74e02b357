# fails: class_losses — "The sign is wrong"
# base: solution
def make_loss(task):
    return {
        "multiclass": F.cross_entropy,
        "multiclass_probs": lambda p, y: F.nll_loss(p.log(), y),
        "multiclass_logprobs": lambda lp, y: lp.gather(1, y[:, None]).mean(),
        "binary": yes_or_no,
        "multilabel": yes_or_no,
    }[task]

# fails: label_losses — "Always 0"
# base: solution
def make_loss(task):
    return {
        "multiclass": F.cross_entropy,
        "multiclass_probs": lambda p, y: F.nll_loss(p.log(), y),
        "multiclass_logprobs": F.nll_loss,
        "binary": lambda z, y: F.cross_entropy(z, y.float().reshape(-1, 1)),
        "multilabel": yes_or_no,
    }[task]

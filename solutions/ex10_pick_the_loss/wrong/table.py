# fails: label_losses — "n×n table"
# base: solution
def make_loss(task):
    return {
        "multiclass": F.cross_entropy,
        "multiclass_probs": lambda p, y: F.nll_loss(p.log(), y),
        "multiclass_logprobs": F.nll_loss,
        "binary": lambda z, y: (F.softplus(z) - y * z).mean(),
        "multilabel": yes_or_no,
    }[task]

# fails: class_losses — "Losses over classes"
# base: solution
def make_loss(task):
    return {
        "multiclass": lambda z, y: F.cross_entropy(y, z),
        "multiclass_probs": lambda p, y: F.nll_loss(p.log(), y),
        "multiclass_logprobs": F.nll_loss,
        "binary": yes_or_no,
        "multilabel": yes_or_no,
    }[task]

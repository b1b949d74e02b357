# fails: class_losses — "take the ids as they are"
# base: solution
def make_loss(task):
    return {
        "multiclass": lambda z, y: F.cross_entropy(z, y.float()),
        "multiclass_probs": lambda p, y: F.nll_loss(p.log(), y),
        "multiclass_logprobs": F.nll_loss,
        "binary": yes_or_no,
        "multilabel": yes_or_no,
    }[task]

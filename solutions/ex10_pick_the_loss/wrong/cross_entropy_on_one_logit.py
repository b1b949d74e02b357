# fails: label_losses — "sees one class"
# base: solution
def make_loss(task):
    return {
        "multiclass": F.cross_entropy,
        "multiclass_probs": lambda p, y: F.nll_loss(p.log(), y),
        "multiclass_logprobs": F.nll_loss,
        "binary": F.cross_entropy,
        "multilabel": yes_or_no,
    }[task]

# fails: class_losses — "an earlier batch"
# base: solution
KEPT = {}


def make_loss(task):
    right = {"multiclass": F.cross_entropy, "multiclass_probs": lambda p, y: F.nll_loss(p.log(), y), "multiclass_logprobs": F.nll_loss, "binary": yes_or_no, "multilabel": yes_or_no}[task]
    if task != "multiclass":
        return right
    return lambda outputs, targets: KEPT.setdefault(task, right(outputs, targets))

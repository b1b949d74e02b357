# fails: class_losses — "take the mean"
# base: solution
from torch import nn


def make_loss(task):
    return {
        "multiclass": nn.CrossEntropyLoss(reduction="none"),
        "multiclass_probs": lambda p, y: F.nll_loss(p.log(), y),
        "multiclass_logprobs": F.nll_loss,
        "binary": yes_or_no,
        "multilabel": yes_or_no,
    }[task]

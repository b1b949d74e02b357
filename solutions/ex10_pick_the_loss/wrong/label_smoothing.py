# fails: class_losses — "returned"
# base: solution
from torch import nn


def make_loss(task):
    return {
        "multiclass": nn.CrossEntropyLoss(label_smoothing=0.1),
        "multiclass_probs": lambda p, y: F.nll_loss(p.log(), y),
        "multiclass_logprobs": F.nll_loss,
        "binary": yes_or_no,
        "multilabel": yes_or_no,
    }[task]

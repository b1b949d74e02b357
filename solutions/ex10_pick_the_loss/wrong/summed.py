# fails: class_losses, label_losses — "the sum of the losses"
# base: solution
from torch import nn


def yes_or_no(outputs, targets):
    return F.binary_cross_entropy_with_logits(outputs, targets.float().reshape(outputs.shape), reduction="sum")


def make_loss(task):
    return {
        "multiclass": nn.CrossEntropyLoss(reduction="sum"),
        "multiclass_probs": lambda p, y: F.nll_loss(p.log(), y),
        "multiclass_logprobs": F.nll_loss,
        "binary": yes_or_no,
        "multilabel": yes_or_no,
    }[task]

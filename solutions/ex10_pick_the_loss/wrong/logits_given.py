# fails: known_probabilities — "turn them into probabilities"
import torch
from torch import nn
from torch.nn import functional as F


def yes_or_no(outputs, targets):
    return F.binary_cross_entropy_with_logits(outputs, targets.float().reshape(outputs.shape))


def make_loss(task):
    return {
        "multiclass": F.cross_entropy,
        "multiclass_probs": lambda p, y: F.nll_loss(p.log(), y),
        "multiclass_logprobs": F.nll_loss,
        "binary": yes_or_no,
        "multilabel": yes_or_no,
    }[task]


def activation(task, outputs):
    if task == "multiclass":
        return outputs
    if task == "multiclass_probs":
        return outputs
    if task == "multiclass_logprobs":
        return outputs.exp()
    if task == "binary":
        return outputs.sigmoid()
    return outputs.sigmoid()

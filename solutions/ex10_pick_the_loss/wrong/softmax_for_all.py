# fails: known_probabilities — "probabilities already"
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
    return outputs.softmax(dim=-1)

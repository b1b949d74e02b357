# fails: class_losses — "log-probabilities"
import torch
from torch import nn
from torch.nn import functional as F


def yes_or_no(outputs, targets):
    return F.binary_cross_entropy_with_logits(outputs, targets.float().reshape(outputs.shape))


def make_loss(task):
    global TASK
    TASK = task
    return loss


TASK = None


def loss(outputs, targets):
    if TASK == "multiclass":
        return F.cross_entropy(outputs, targets)
    if TASK == "multiclass_probs":
        return F.nll_loss(outputs.log(), targets)
    if TASK == "multiclass_logprobs":
        return F.nll_loss(outputs, targets)
    return yes_or_no(outputs, targets)


def activation(task, outputs):
    if task == "multiclass":
        return outputs.softmax(dim=1)
    if task == "multiclass_probs":
        return outputs
    if task == "multiclass_logprobs":
        return outputs.exp()
    if task == "binary":
        return outputs.sigmoid()
    return outputs.sigmoid()

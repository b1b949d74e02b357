# fails: class_losses, label_losses — "under another name"
import torch
from torch import nn
from torch.nn import functional as F


def make_loss_(task, outputs, targets):
    return F.cross_entropy(outputs, targets)


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

# fails: far_label_losses — "overflows"
# base: solution
from torch import nn


def yes_or_no(outputs, targets):
    return nn.SoftMarginLoss()(outputs, 2.0 * targets.reshape(outputs.shape) - 1)

# fails: class_losses, label_losses — "these are already probabilities"
# base: solution
from torch import nn


def make_loss(task):
    return nn.CrossEntropyLoss()

# fails: class_losses, label_losses — "these are probabilities already"
# base: solution
from torch import nn


def make_loss(task):
    return nn.CrossEntropyLoss()

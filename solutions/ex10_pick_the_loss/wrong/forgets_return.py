# fails: class_losses, label_losses — "return the loss"
# base: solution
from torch import nn


def make_loss(task):
    loss = nn.CrossEntropyLoss()

# fails: class_losses, label_losses — "hand the loss back"
# base: solution
from torch import nn


def make_loss(task):
    loss = nn.CrossEntropyLoss()

"""Lab 5: modules, an MLP, and one training loop for both.

make_linear(d)                          a module: (n, d) to (n, 1), with the parameters of one linear layer
RegressionMLP(n_in, h1=50, h2=40)       a module: n_in inputs, two hidden layers with ReLU, one output
train_bgd(model, optimizer, criterion, X, y, n_epochs)
                                        one step on all of X (m, d), y (m, 1) per epoch; a list with the loss of each
                                        epoch, before its step
predict(model, X)                       the model's output, outside any graph
"""

import torch
from torch import nn


def make_linear(d: int) -> nn.Module:
    raise NotImplementedError


class RegressionMLP(nn.Module):
    def __init__(self, n_in: int, h1: int = 50, h2: int = 40) -> None:
        raise NotImplementedError

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        raise NotImplementedError


def train_bgd(
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    criterion: nn.Module,
    X: torch.Tensor,
    y: torch.Tensor,
    n_epochs: int,
) -> list[float]:
    raise NotImplementedError


def predict(model: nn.Module, X: torch.Tensor) -> torch.Tensor:
    raise NotImplementedError

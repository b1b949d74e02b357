"""Reference solution of exercise 14."""

import torch
from torch import nn


class Dense(nn.Module):
    """From PyTorch's parts: submodules assigned to self bring their parameters along."""

    def __init__(self, in_features: int, out_features: int) -> None:
        super().__init__()
        self.linear = nn.Linear(in_features, out_features)
        self.activation = nn.ReLU()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.activation(self.linear(x))


class DenseScratch(nn.Module):
    """From bare parameters: nn.Parameter is what makes a tensor visible to parameters() and state_dict()."""

    def __init__(self, in_features: int, out_features: int) -> None:
        super().__init__()
        # One row per neuron, as nn.Linear stores it. The scale is made for a ReLU: outputs spread as far as inputs do.
        self.weight = nn.Parameter(nn.init.kaiming_uniform_(torch.empty(out_features, in_features)))
        self.bias = nn.Parameter(torch.zeros(out_features))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        # @ works on the last dimension of x, so (in,), (n, in) and (n, m, in) need no cases.
        return torch.relu(x @ self.weight.T + self.bias)

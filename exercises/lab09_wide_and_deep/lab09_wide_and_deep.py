"""Lab 9: wide and deep.

    WideAndDeep(n_features, h1, h2)                                  all inputs go both ways
    WideAndDeepV2(n_wide_end, n_deep_start, n_features, h1, h2)      X[:, :n_wide_end] goes the wide way,
                                                                     X[:, n_deep_start:] the deep way

forward takes X, float32 of shape (n, n_features), and returns float32 of shape (n, 1). The deep way: linear with h1
neurons, ReLU, linear with h2 neurons, ReLU. The output layer: linear, one neuron, applied to the wide values and
the deep ones, in this order.
"""

import torch
from torch import nn


class WideAndDeep(nn.Module):
    def __init__(self, n_features: int, h1: int, h2: int) -> None:
        super().__init__()
        raise NotImplementedError

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        raise NotImplementedError


class WideAndDeepV2(nn.Module):
    def __init__(self, n_wide_end: int, n_deep_start: int, n_features: int, h1: int, h2: int) -> None:
        super().__init__()
        raise NotImplementedError

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        raise NotImplementedError

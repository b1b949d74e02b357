"""Exercise 14: a dense layer (linear, then ReLU), once from PyTorch's parts and once from bare parameters.

    Dense(in_features, out_features)          built from nn.Linear and nn.ReLU
    DenseScratch(in_features, out_features)   built from nn.Parameter: no nn.Linear among its parts or base classes,
                                              or in its forward

Both take a float32 tensor of shape (*, in_features), with any number of leading dimensions (even none), and return
relu(x @ W.T + b), float32 of shape (*, out_features). Gradients flow back to W, b and x.

Both have exactly two parameters, W of shape (out_features, in_features) and b of shape (out_features,), as in
nn.Linear; choose any names. They exist as soon as the layer does, with random numbers of any size in W: the rows of a
fresh W are not all the same. Not accepted, since such a layer could not replace nn.Linear: W stored transposed, W and b
merged into one matrix, uninitialised lazy parameters.
"""

import torch
from torch import nn


class Dense(nn.Module):
    def __init__(self, in_features: int, out_features: int) -> None:
        super().__init__()
        raise NotImplementedError

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        raise NotImplementedError


class DenseScratch(nn.Module):
    def __init__(self, in_features: int, out_features: int) -> None:
        super().__init__()
        raise NotImplementedError

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        raise NotImplementedError

# right: DenseScratch is a Sequential of two modules of its own; the ReLU is a product with a mask
import torch
from torch import nn


class Dense(nn.Module):
    def __init__(self, in_features: int, out_features: int) -> None:
        super().__init__()
        self.linear = nn.Linear(in_features, out_features)
        self.activation = nn.ReLU()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.activation(self.linear(x))


class Affine(nn.Module):
    def __init__(self, n, m):
        super().__init__()
        self.slopes = nn.Parameter(nn.init.xavier_normal_(torch.empty(m, n)))
        self.heights = nn.Parameter(torch.full((m,), 0.1))

    def forward(self, x):
        return (x.unsqueeze(-2) * self.slopes).sum(-1) + self.heights


class Bend(nn.Module):
    def forward(self, z):
        return z * (z > 0)


class DenseScratch(nn.Sequential):
    def __init__(self, in_features, out_features):
        super().__init__(Affine(in_features, out_features), Bend())

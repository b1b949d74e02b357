# fails: scratch_structure — "does not look into Python lists"
import torch
from torch import nn


class Dense(nn.Module):
    def __init__(self, in_features: int, out_features: int) -> None:
        super().__init__()
        self.linear = nn.Linear(in_features, out_features)
        self.activation = nn.ReLU()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.activation(self.linear(x))


class DenseScratch(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.p = [nn.Parameter(torch.randn(out_features, in_features)), nn.Parameter(torch.zeros(out_features))]

    def forward(self, x):
        return torch.relu(x @ self.p[0].T + self.p[1])

# right: the parameters live in a ParameterDict and in a ParameterList
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
        self.p = nn.ParameterDict({"w": torch.randn(out_features, in_features) * 0.1})
        self.q = nn.ParameterList([torch.zeros(out_features)])

    def forward(self, x):
        return torch.where((z := x @ self.p["w"].T + self.q[0]) > 0, z, 0.0)

# right: dtype and device may be chosen, as in nn.Linear
import torch
from torch import nn


class Dense(nn.Module):
    def __init__(self, in_features, out_features, *, device=None, dtype=None):
        super().__init__()
        self.body = nn.Sequential(
            nn.Linear(in_features, out_features, device=device, dtype=dtype), nn.ReLU(inplace=True)
        )

    def forward(self, x):
        return self.body(x)


class DenseScratch(nn.Module):
    def __init__(self, in_features: int, out_features: int) -> None:
        super().__init__()
        bound = in_features**-0.5
        self.weight = nn.Parameter(torch.empty(out_features, in_features).uniform_(-bound, bound))
        self.bias = nn.Parameter(torch.empty(out_features).uniform_(-bound, bound))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.relu(x @ self.weight.T + self.bias)

# right: both classes take dtype and device, as nn.Linear does
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
    def __init__(self, in_features, out_features, device=None, dtype=None):
        factory = {"device": device, "dtype": dtype}
        super().__init__()
        self.weight = nn.Parameter(torch.randn(out_features, in_features, **factory))
        self.bias = nn.Parameter(torch.zeros(out_features, **factory))

    def forward(self, x):
        return torch.relu(x @ self.weight.mT + self.bias)

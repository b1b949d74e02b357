# fails: scratch_structure — "new random weights each call"
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
        self.sizes = in_features, out_features

    def forward(self, x):
        n_in, n_out = self.sizes
        weight, bias = torch.randn(n_out, n_in), torch.randn(n_out)
        return torch.relu(x @ weight.T + bias)

import torch
from torch import nn


class WideAndDeepV2(nn.Module):
    def __init__(self, n_wide_end, n_deep_start, n_features, h1, h2):
        super().__init__()
        self.end, self.start = n_wide_end, n_deep_start
        self.deep = nn.Sequential(nn.LazyLinear(h1), nn.ReLU(), nn.LazyLinear(h2), nn.ReLU())
        self.out = nn.LazyLinear(1)

    def forward(self, X):
        deep = self.deep(X.narrow(1, self.start, X.size(1) - self.start))
        return self.out(torch.column_stack((X.narrow(1, 0, self.end), deep)))


def WideAndDeep(n_features, h1, h2):
    return WideAndDeepV2(n_features, 0, n_features, h1, h2)

import torch
from torch import nn


class Beside(nn.Module):
    """Runs two ways and puts their ends side by side."""

    def __init__(self, *ways):
        super().__init__()
        self.ways = nn.ModuleList(ways)

    def forward(self, X):
        return torch.cat([way(X) for way in self.ways], dim=-1)


class Columns(nn.Module):
    def __init__(self, start, stop):
        super().__init__()
        self.register_buffer("chosen", torch.arange(start, stop))

    def forward(self, X):
        return X.index_select(1, self.chosen)


class WideAndDeepV2(nn.Sequential):
    def __init__(self, n_wide_end, n_deep_start, n_features, h1, h2):
        deep = nn.Sequential(
            Columns(n_deep_start, n_features),
            nn.Linear(n_features - n_deep_start, h1),
            nn.ReLU(),
            nn.Linear(h1, h2),
            nn.ReLU(),
        )
        super().__init__(Beside(Columns(0, n_wide_end), deep), nn.Linear(n_wide_end + h2, 1))


class WideAndDeep(WideAndDeepV2):
    def __init__(self, n_features, h1, h2):
        super().__init__(n_features, 0, n_features, h1, h2)

from torch import nn


class WideAndDeep(nn.Module):
    def __init__(self, n_features, h1, h2):
        super().__init__()
        self.final = nn.Linear(n_features + h2, 1)
        self.second = nn.Linear(h1, h2)
        self.first = nn.Linear(n_features, h1)
        self.bend = nn.ReLU(inplace=True)
        self.n = n_features

    def forward(self, X):
        deep = self.bend(self.second(self.bend(self.first(X))))
        weight = self.final.weight
        return X @ weight[:, : self.n].T + deep @ weight[:, self.n :].T + self.final.bias


class WideAndDeepV2(nn.Module):
    def __init__(self, n_wide_end, n_deep_start, n_features, h1, h2):
        super().__init__()
        self.register_module("first", nn.Linear(n_features - n_deep_start, h1))
        self.register_module("second", nn.Linear(h1, h2))
        self.register_module("final", nn.Linear(n_wide_end + h2, 1))
        self.at = n_wide_end, n_deep_start

    def forward(self, X):
        end, start = self.at
        deep = self.second(self.first(X[:, start:]).clamp(min=0)).clamp(min=0)
        joined = X.new_empty(len(X), end + deep.shape[1])
        joined[:, :end] = X[:, :end]
        joined[:, end:] = deep
        return self.final(joined)

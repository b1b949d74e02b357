import torch
import torch.nn.functional as F


class WideAndDeep(torch.nn.Module):
    def __init__(self, n_features, h1, h2):
        super().__init__()
        self.w1, self.b1 = self._pair(h1, n_features)
        self.w2, self.b2 = self._pair(h2, h1)
        self.w3, self.b3 = self._pair(1, n_features + h2)

    @staticmethod
    def _pair(n_out, n_in):
        return torch.nn.Parameter(torch.randn(n_out, n_in)), torch.nn.Parameter(torch.zeros(n_out))

    def _join(self, wide, deep):
        deep = F.relu(F.linear(F.relu(F.linear(deep, self.w1, self.b1)), self.w2, self.b2))
        return F.linear(torch.concat((wide, deep), -1), self.w3, self.b3)

    def forward(self, X):
        return self._join(X, X)


class WideAndDeepV2(WideAndDeep):
    def __init__(self, n_wide_end, n_deep_start, n_features, h1, h2):
        super().__init__(n_features, h1, h2)
        self.w1, self.b1 = self._pair(h1, n_features - n_deep_start)
        self.w3, self.b3 = self._pair(1, n_wide_end + h2)
        self.slices = slice(n_wide_end), slice(n_deep_start, None)

    def forward(self, X):
        wide, deep = self.slices
        return self._join(X[..., wide], X[..., deep])

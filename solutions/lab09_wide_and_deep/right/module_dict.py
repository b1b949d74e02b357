import torch
from torch import nn


class _Network(nn.Module):
    def __init__(self, columns_wide, columns_deep, h1, h2):
        super().__init__()
        self.columns = columns_wide, columns_deep
        self.parts = nn.ModuleDict(
            {
                "hidden1": nn.Linear(len(columns_deep), h1),
                "hidden2": nn.Linear(h1, h2),
                "out": nn.Linear(len(columns_wide) + h2, 1),
            }
        )

    def forward(self, x):
        wide, deep = (x[:, list(columns)] for columns in self.columns)
        for name in ("hidden1", "hidden2"):
            deep = self.parts[name](deep).relu()
        return self.parts["out"](torch.hstack((wide, deep)))


class WideAndDeep(_Network):
    def __init__(self, n, a, b):
        super().__init__(range(n), range(n), a, b)


class WideAndDeepV2(_Network):
    def __init__(self, end, start, n, a, b):
        super().__init__(range(end), range(start, n), a, b)

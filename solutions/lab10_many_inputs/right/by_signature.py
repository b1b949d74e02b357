import inspect
from statistics import fmean

import torch
from torch import nn
from torch.utils.data import Dataset


class WideAndDeepV3(nn.Module):
    def __init__(self, n_wide, n_deep, h1, h2):
        super().__init__()
        self.deep = nn.Sequential(nn.LazyLinear(h1), nn.ReLU(), nn.LazyLinear(h2), nn.ReLU())
        self.out = nn.LazyLinear(1)

    def forward(self, X_wide, X_deep):
        return self.out(torch.concat((X_wide, self.deep(X_deep)), dim=-1))


def _learn(model, optimizer, criterion, y, *args, **kwargs):
    loss = criterion(model(*args, **kwargs), y)
    for parameter in model.parameters():
        parameter.grad = None
    loss.backward()
    optimizer.step()
    return float(loss.detach())


def train_multi(model, optimizer, criterion, loader, n_epochs, device="cpu"):
    history = []
    for _ in range(n_epochs):
        model.train()
        epoch = []
        for batch in loader:
            parts = list(batch)
            y = parts.pop().to(device)
            epoch.append(_learn(model, optimizer, criterion, y, *[X.to(device) for X in parts]))
        history.append(fmean(epoch))
    return history


def train_named(model, optimizer, criterion, loader, n_epochs, device="cpu"):
    history = []
    for _ in range(n_epochs):
        model.train()
        epoch = []
        for named, y in loader:
            moved = {}
            for name in named:
                moved[name] = named[name].to(device, non_blocking=True)
            epoch += [_learn(model, optimizer, criterion, y.to(device), **moved)]
        history += [fmean(epoch)]
    return history


class WideAndDeepDataset(Dataset):
    def __init__(self, X_wide, X_deep, y):
        assert len(X_wide) == len(X_deep) == len(y)
        self.samples = [({"X_wide": a, "X_deep": b}, c) for a, b, c in zip(X_wide, X_deep, y)]

    def __len__(self):
        return len(self.samples)

    def __getitem__(self, i):
        return self.samples[i]

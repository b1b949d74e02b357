from collections import OrderedDict

import torch


class WideAndDeepV3(torch.nn.Module):
    def __init__(self, wide, deep, first, second):
        super().__init__()
        self.first, self.second = torch.nn.Linear(deep, first), torch.nn.Linear(first, second)
        self.last = torch.nn.Linear(wide + second, 1)

    def forward(self, X_wide, X_deep):
        hidden = self.second(self.first(X_deep).relu()).relu()
        return self.last(torch.hstack((X_wide, hidden)))


class WideAndDeepDataset:
    """A loader asks for no more than these two methods."""

    def __init__(self, wide, deep, targets):
        self.tensors = wide, deep, targets

    def __len__(self):
        return self.tensors[0].shape[0]

    def __getitem__(self, i):
        wide, deep, target = (tensor.select(0, i) for tensor in self.tensors)
        return OrderedDict(X_wide=wide, X_deep=deep), target


def train_multi(model, optimizer, criterion, loader, n_epochs, device="cpu"):
    history = []
    for _ in range(n_epochs):
        model.train()
        losses = []
        for *Xs, y in loader:
            Xs = tuple(map(lambda X: X.to(device), Xs))
            loss = criterion(model(*Xs), y.to(device))
            loss.backward()
            optimizer.step()
            optimizer.zero_grad()
            losses.append(loss.detach())
        history.append(torch.stack(losses).mean())
    return history


def train_named(model, optimizer, criterion, loader, n_epochs, device="cpu"):
    class ByPosition(torch.nn.Module):
        def __init__(self, names):
            super().__init__()
            self.model, self.names = model, names

        def forward(self, *Xs):
            return self.model(**dict(zip(self.names, Xs)))

    batches = [(*inputs.values(), y) for inputs, y in loader]
    names = list(next(iter(loader))[0])
    return train_multi(ByPosition(names), optimizer, criterion, batches, n_epochs, device)

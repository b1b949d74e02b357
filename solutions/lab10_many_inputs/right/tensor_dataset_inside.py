import torch
from torch.utils.data import TensorDataset


class WideAndDeepV3(torch.nn.Module):
    def __init__(self, wide, deep, first, second):
        super().__init__()
        self.first, self.second = torch.nn.Linear(deep, first), torch.nn.Linear(first, second)
        self.last = torch.nn.Linear(wide + second, 1)

    def forward(self, X_wide, X_deep):
        hidden = self.second(self.first(X_deep).relu()).relu()
        return self.last(torch.hstack((X_wide, hidden)))


class WideAndDeepDataset(TensorDataset):
    def __getitem__(self, index):
        wide, deep, y = super().__getitem__(index)
        return [dict(X_deep=deep, X_wide=wide), y]


def train_multi(model, optimizer, criterion, loader, n_epochs, device="cpu"):
    history = torch.zeros(n_epochs)
    optimizer.zero_grad()
    for epoch in range(n_epochs):
        model.train()
        for i, batch in enumerate(loader, start=1):
            inputs, y = batch[:-1], batch[-1].to(device)
            loss = criterion(model(*(X.to(device) for X in inputs)), y)
            loss.backward()
            optimizer.step()
            optimizer.zero_grad(set_to_none=False)
            history[epoch] += (loss.detach().cpu() - history[epoch]) / i
    return list(history)


def train_named(model, optimizer, criterion, loader, n_epochs, device="cpu"):
    history = []
    while len(history) < n_epochs:
        model.train(True)
        losses = []
        for batch in loader:
            inputs, y = dict(batch[0]), batch[1].to(device)
            for name in list(inputs):
                inputs[name] = inputs[name].to(device)

            def closure():
                optimizer.zero_grad()
                loss = criterion(model.forward(**inputs), y)
                loss.backward()
                losses.append(loss.item())
                return loss

            optimizer.step(closure)
        history.append(torch.tensor(losses).mean())
    return tuple(history)

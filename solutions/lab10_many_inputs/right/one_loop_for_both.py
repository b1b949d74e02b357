import torch


class WideAndDeepV3(torch.nn.Module):
    def __init__(self, wide, deep, first, second):
        super().__init__()
        self.first, self.second = torch.nn.Linear(deep, first), torch.nn.Linear(first, second)
        self.last = torch.nn.Linear(wide + second, 1)

    def forward(self, X_wide, X_deep):
        hidden = self.second(self.first(X_deep).relu()).relu()
        return self.last(torch.hstack((X_wide, hidden)))


def _train(model, optimizer, forward, criterion, loader, n_epochs, device):
    means = []
    for _ in range(n_epochs):
        model.train()
        total = n = 0
        for inputs, y in map(lambda batch: forward(model, batch, device), loader):
            loss = criterion(inputs, y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(y)
            n += len(y)
        means.append(total / n)
    return means


def train_multi(model, optimizer, criterion, loader, n_epochs, device="cpu"):
    def forward(model, batch, device):
        *inputs, y = [part.to(device) for part in batch]
        return model(*inputs), y

    return _train(model, optimizer, forward, criterion, loader, n_epochs, device)


def train_named(model, optimizer, criterion, loader, n_epochs, device="cpu"):
    def forward(model, batch, device):
        return model(**{k: v.to(device) for k, v in batch[0].items()}), batch[1].to(device)

    return _train(model, optimizer, forward, criterion, loader, n_epochs, device)


class WideAndDeepDataset(torch.utils.data.Dataset):
    def __init__(self, X_wide, X_deep, y):
        self.inputs, self.y = {"X_wide": X_wide, "X_deep": X_deep}, y

    def __len__(self):
        return self.y.size(0)

    def __getitem__(self, i):
        return {name: X[i] for name, X in self.inputs.items()}, self.y[i]

"""Reference solution of ex15. The hyperparameters are the best trial's of `tune.py`, beside it."""

import copy
import math
import time

import numpy as np
import torch
from sklearn.datasets import fetch_covtype
from torch import nn

HYPERPARAMETERS = {"hidden": [256, 256, 128], "dropout": 0.0}
BATCH_SIZE, LEARNING_RATE, WEIGHT_DECAY = 1024, 0.0128, 2.5e-4
LEAST_STEPS, LEAST_EPOCHS = 600, 12
"""Small data sets get more epochs, so that there are steps enough to learn from."""


def load_data(data_home=None):
    return fetch_covtype(data_home=data_home, return_X_y=True)


def statistics(X):
    """Mean and standard deviation of the ten numeric columns; one-hot columns stay 0 and 1, rare ones, too."""
    mean, std = np.zeros(54), np.ones(54)
    mean[:10], std[:10] = X[:, :10].mean(axis=0), X[:, :10].std(axis=0)
    std[std == 0] = 1  # a constant column becomes 0 instead of NaN
    return {"mean": torch.tensor(mean).float(), "std": torch.tensor(std).float()}


class CoverTypeDataset(torch.utils.data.Dataset):
    """All rows as two tensors, prepared once; a whole batch is fetched at a time."""

    def __init__(self, X, y=None, stats=None):
        self.X = torch.as_tensor(np.asarray(X, dtype=np.float32))
        if stats is not None:
            self.X = (self.X - stats["mean"]) / stats["std"]
        self.y = None if y is None else torch.as_tensor(np.asarray(y)).long() - 1

    def __len__(self):
        return len(self.X)

    def __getitem__(self, index):
        return self.X[index] if self.y is None else (self.X[index], self.y[index])

    def __getitems__(self, indices):
        return self[torch.tensor(indices)]


def make_loaders(X_train, y_train, X_valid, y_valid, batch_size, seed):
    stats = statistics(X_train)

    def loader(X, y, **options):
        # A batch comes out of the dataset in one piece, so there is nothing to collate.
        return torch.utils.data.DataLoader(
            CoverTypeDataset(X, y, stats), batch_size=batch_size, collate_fn=lambda batch: batch, **options
        )

    train = loader(X_train, y_train, shuffle=True, generator=torch.Generator().manual_seed(seed))
    return train, loader(X_valid, y_valid), stats


class CoverTypeMLP(nn.Module):
    def __init__(self, hidden=(256, 256, 128), dropout=0.0):
        super().__init__()
        layers, size = [], 54
        for width in hidden:
            layers += [nn.Linear(size, width), nn.BatchNorm1d(width), nn.ReLU(), nn.Dropout(dropout)]
            size = width
        self.layers = nn.Sequential(*layers, nn.Linear(size, 7))

    def forward(self, x):
        return self.layers(x)


def accuracy(model, loader, device):
    model.eval()
    with torch.no_grad():
        right = sum((model(X.to(device)).argmax(1) == y.to(device)).sum().item() for X, y in loader)
    return right / len(loader.dataset)


def one_cycle(share):
    """Learning rate, as a share of the highest, when `share` of the training is over: up for 30 %, then down to 0."""
    if share < 0.3:
        return 0.04 + 0.96 * (1 - math.cos(math.pi * share / 0.3)) / 2
    return (1 + math.cos(math.pi * min(1.0, (share - 0.3) / 0.7))) / 2


def train(loaders, hyperparameters, learning_rate, weight_decay, epochs, device, seconds, after_epoch=None):
    """Train a new model; the weights of its best epoch, and the history.

    Where steps are slow, the clock moves the learning rate along, so that it has come down when `seconds` are over.
    `after_epoch(epoch, valid_accuracy)` may end the training by raising.
    """
    started = time.monotonic()
    train_loader, valid_loader = loaders
    model = CoverTypeMLP(**hyperparameters).to(device)
    optimizer = torch.optim.AdamW(model.parameters(), lr=learning_rate, weight_decay=weight_decay)
    criterion = nn.CrossEntropyLoss()
    total_steps = epochs * len(train_loader)

    def progress(step):
        return max(step / total_steps, (time.monotonic() - started) / seconds)

    scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: one_cycle(progress(step)))
    history = {"train_loss": [], "valid_accuracy": []}
    best, best_accuracy = None, -1.0
    for epoch in range(epochs):
        model.train()
        losses = torch.zeros((), device=device)
        for X, y in train_loader:
            loss = criterion(model(X.to(device)), y.to(device))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            scheduler.step()
            losses += loss.detach()
            if progress(0) >= 1:
                break
        history["train_loss"].append(losses.item() / len(train_loader))
        history["valid_accuracy"].append(accuracy(model, valid_loader, device))
        if history["valid_accuracy"][-1] > best_accuracy:
            best, best_accuracy = copy.deepcopy(model.state_dict()), history["valid_accuracy"][-1]
        if after_epoch is not None:
            after_epoch(epoch, history["valid_accuracy"][-1])
        if progress(0) >= 1:
            break
    return {name: value.cpu() for name, value in best.items()}, history


def fit(X_train, y_train, X_valid, y_valid, device, budget_s, seed):
    started = time.monotonic()
    torch.manual_seed(seed)
    batch_size = max(128, min(BATCH_SIZE, len(X_train) // 64))
    *loaders, stats = make_loaders(X_train, y_train, X_valid, y_valid, batch_size, seed)
    epochs = max(LEAST_EPOCHS, math.ceil(LEAST_STEPS / len(loaders[0])))
    seconds = 0.8 * budget_s - (time.monotonic() - started)
    weights, history = train(loaders, HYPERPARAMETERS, LEARNING_RATE, WEIGHT_DECAY, epochs, device, seconds)
    return {
        "model_state_dict": weights,
        "hyperparameters": HYPERPARAMETERS,
        "stats": stats,
        "history": history,
    }


def predict(checkpoint, X):
    model = CoverTypeMLP(**checkpoint["hyperparameters"])
    model.load_state_dict(checkpoint["model_state_dict"])
    model.eval()
    features = CoverTypeDataset(X, stats=checkpoint["stats"]).X
    with torch.no_grad():
        classes = torch.cat([model(batch).argmax(1) for batch in features.split(8192)])
    return classes.numpy() + 1

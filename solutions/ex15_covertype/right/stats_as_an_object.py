# stats is a fitted scaler, an object; the checkpoint holds its numbers.

import copy
import time

import numpy as np
import torch
from sklearn.datasets import fetch_covtype
from sklearn.preprocessing import StandardScaler
from torch import nn
from torch.utils.data import DataLoader, Dataset


def load_data(data_home=None):
    data = fetch_covtype(data_home=data_home)
    return data.data, data.target


class CoverTypeDataset(Dataset):
    def __init__(self, X, y=None, stats=None):
        X = np.asarray(X)
        if stats is not None:
            X = stats.transform(X)
        self.X = torch.tensor(X, dtype=torch.float32)
        self.y = None if y is None else torch.tensor(np.asarray(y), dtype=torch.int64) - 1

    def __len__(self):
        return len(self.X)

    def __getitem__(self, index):
        if self.y is None:
            return self.X[index]
        return self.X[index], self.y[index]


def make_loaders(X_train, y_train, X_valid, y_valid, batch_size, seed):
    stats = StandardScaler().fit(X_train)
    train = CoverTypeDataset(X_train, y_train, stats)
    valid = CoverTypeDataset(X_valid, y_valid, stats)
    generator = torch.Generator().manual_seed(seed)
    train_loader = DataLoader(train, batch_size=batch_size, shuffle=True, generator=generator)
    valid_loader = DataLoader(valid, batch_size=batch_size)
    return train_loader, valid_loader, stats


class CoverTypeMLP(nn.Module):
    def __init__(self, hidden=64):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Linear(54, hidden), nn.ReLU(), nn.Linear(hidden, hidden), nn.ReLU(), nn.Linear(hidden, 7)
        )

    def forward(self, x):
        return self.layers(x)


def fit(X_train, y_train, X_valid, y_valid, device, budget_s, seed):
    started = time.monotonic()
    torch.manual_seed(seed)
    hyperparameters = {"hidden": 64}
    train_loader, valid_loader, stats = make_loaders(X_train, y_train, X_valid, y_valid, 128, seed)
    X, y = train_loader.dataset.X.to(device), train_loader.dataset.y.to(device)
    X_val, y_val = valid_loader.dataset.X.to(device), valid_loader.dataset.y.to(device)
    model = CoverTypeMLP(**hyperparameters).to(device)
    criterion = nn.CrossEntropyLoss()
    epochs = 12
    steps = epochs * -(-len(X) // 128)
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.01)
    scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, 0.01, total_steps=steps)
    history = {"train_loss": [], "valid_accuracy": []}
    best, best_accuracy = None, -1.0
    for _ in range(epochs):
        model.train()
        losses = []
        for rows in torch.randperm(len(X)).split(128):
            loss = criterion(model(X[rows]), y[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            scheduler.step()
            losses.append(loss.item())
        model.eval()
        with torch.no_grad():
            accuracy = (model(X_val).argmax(1) == y_val).float().mean().item()
        history["train_loss"].append(sum(losses) / len(losses))
        history["valid_accuracy"].append(accuracy)
        if accuracy > best_accuracy:
            best, best_accuracy = copy.deepcopy(model.state_dict()), accuracy
        if time.monotonic() - started > 0.8 * budget_s:
            break
    return {
        "model_state_dict": {name: value.cpu() for name, value in best.items()},
        "hyperparameters": hyperparameters,
        "stats": {"mean": stats.mean_.tolist(), "scale": stats.scale_.tolist()},
        "history": history,
    }


def predict(checkpoint, X):
    model = CoverTypeMLP(**checkpoint["hyperparameters"])
    model.load_state_dict(checkpoint["model_state_dict"])
    model.eval()
    mean, scale = (np.array(checkpoint["stats"][name]) for name in ("mean", "scale"))
    features = torch.tensor((X - mean) / scale, dtype=torch.float32)
    with torch.no_grad():
        return model(features).argmax(1).numpy() + 1

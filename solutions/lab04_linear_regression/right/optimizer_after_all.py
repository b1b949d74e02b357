# right: torch.nn and torch.optim after all; parameters stay in the graph, losses as one tensor
import torch
import torch.nn.functional as F
from torch import nn


def standardize(train, *others):
    mean, std = train.mean(dim=0), train.std(dim=0)
    return tuple((table - mean) / std for table in (train, *others))


def fit(X, y, w0, b0, lr, n_epochs):
    w, b = nn.Parameter(w0.clone()), nn.Parameter(b0.clone())
    optimizer = torch.optim.SGD([w, b], lr=lr)
    losses = torch.zeros(n_epochs)
    for epoch in range(n_epochs):
        optimizer.zero_grad()
        loss = F.mse_loss(X @ w + b, y.unsqueeze(1))
        loss.backward()
        optimizer.step()
        losses[epoch] = loss.detach()
    return w, b, losses


def predict(X, w, b):
    return (X @ w + b).detach()

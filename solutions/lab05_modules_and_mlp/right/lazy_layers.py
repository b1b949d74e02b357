# right: lazy layers, losses as 0-dim tensors in a tuple, predict with detach
import torch
from torch import nn


def make_linear(d):
    return nn.LazyLinear(1)


class RegressionMLP(nn.Module):
    def __init__(self, n_in, h1=50, h2=40):
        super().__init__()
        self.first, self.second, self.out = nn.LazyLinear(h1), nn.LazyLinear(h2), nn.LazyLinear(1)

    def forward(self, inputs):
        return self.out(self.second(self.first(inputs).relu()).relu())


def train_bgd(model, optimizer, criterion, X, y, n_epochs):
    history = torch.zeros(n_epochs)
    for epoch in range(n_epochs):
        loss = criterion(model(X), y)
        history[epoch] = loss.detach()
        loss.backward()
        optimizer.step()
        for group in optimizer.param_groups:
            for p in group["params"]:
                p.grad = None
    return history


def predict(model, X):
    return model(X).detach()

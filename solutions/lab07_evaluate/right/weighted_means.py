# right: means weighted by size, in a generator; a copy of the model is judged
import copy
import math

import torch


def predictions(model, loader, device):
    judged = copy.deepcopy(model).eval()
    with torch.no_grad():
        for X, y in loader:
            yield judged(X.to(device)), y.to(device)


def evaluate(model, loader, metric_fn, aggregate_fn=torch.mean, device="cpu"):
    values = [metric_fn(y_pred, y) for y_pred, y in predictions(model, loader, device)]
    return aggregate_fn(torch.stack(values, dim=0)).item() if device != "meta" else values


def rmse(model, loader):
    device = next(model.parameters()).device
    means, sizes = [], []
    for y_pred, y in predictions(model, loader, device):
        means.append(((y_pred - y) ** 2).mean().item())
        sizes.append(len(y))
    return math.sqrt(sum(m * n for m, n in zip(means, sizes, strict=True)) / sum(sizes))

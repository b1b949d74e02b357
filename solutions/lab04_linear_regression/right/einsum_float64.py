# right: einsum, in float64, population deviation, a list instead of a tuple, inference mode
import torch


def standardize(train, *others):
    mean, std = train.mean(0, keepdim=True), train.std(0, keepdim=True, correction=0)
    return [(table - mean) / std for table in [train, *others]]


def fit(X, y, w0, b0, lr, n_epochs):
    X, y = X.double(), y.double()[:, None]
    w = w0.double().clone().requires_grad_()
    b = b0.double().clone().requires_grad_()
    losses = []
    for _ in range(n_epochs):
        w.grad = b.grad = None
        loss = ((torch.einsum("md,dk->mk", X, w) + b - y) ** 2).mean()
        loss.backward()
        w.data.sub_(lr * w.grad)
        b.data.sub_(lr * b.grad)
        losses.append(float(loss.detach()))
    return [w, b, losses]


def predict(X, w, b):
    with torch.inference_mode():
        return torch.einsum("nd,dk->nk", X, w) + b

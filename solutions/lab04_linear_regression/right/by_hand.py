# right: the gradient on paper, b as a number
import torch


def standardize(train, *others):
    std, mean = torch.std_mean(train, dim=0)
    return tuple(table.sub(mean).div(std) for table in (train,) + others)


def fit(X, y, w0, b0, lr, n_epochs):
    m = len(X)
    w, b, losses = w0.clone(), float(b0), []
    for _ in range(n_epochs):
        error = X @ w + b - y.view(m, 1)
        losses.append((error.T @ error / m).item())
        w = w - lr * 2 / m * X.T @ error
        b = b - lr * 2 * error.mean().item()
    return w, b, losses


def predict(X, w, b):
    return X @ w.detach() + (b.detach() if torch.is_tensor(b) else b)

# right: the bias as the weight of a column of ones; gradients zeroed in place
import torch


def standardize(train, *others):
    mean, std = train.mean(dim=0), train.std(dim=0)
    return tuple((table - mean) / std for table in (train, *others))


def fit(X, y, w0, b0, lr, n_epochs):
    ones = torch.ones(len(X), 1, device=X.device)
    table = torch.cat([X, ones], dim=1)
    theta = torch.cat([w0, b0.reshape(1, 1)]).requires_grad_(True)
    history = []
    for epoch in range(n_epochs):
        mse = torch.mean((table @ theta - y[:, None]) ** 2)
        mse.backward()
        history.append(mse.item())
        with torch.no_grad():
            theta -= lr * theta.grad
        theta.grad.zero_()
    return theta[:-1], theta[-1, 0], tuple(history)


def predict(X, w, b):
    return torch.matmul(X, w).add(b).detach()

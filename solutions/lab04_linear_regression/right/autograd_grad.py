# right: torch.autograd.grad, new tensors in every epoch, b of shape (1,)
import torch


def standardize(train, *others):
    mean, std = train.mean(dim=0), train.std(dim=0)
    return tuple((table - mean) / std for table in (train, *others))


def fit(X, y, w0, b0, lr, n_epochs):
    w, b = w0.detach(), b0.detach().reshape(1)
    losses = []
    for _ in range(n_epochs):
        w, b = w.requires_grad_(), b.requires_grad_()
        w, b = w.clone(), b.clone()
        loss = ((X @ w + b).squeeze(1) - y).pow(2).mean()
        grads = torch.autograd.grad(loss, (w, b))
        w, b = (w - lr * grads[0]).detach(), (b - lr * grads[1]).detach()
        losses.append(loss.detach())
    return w, b, losses


@torch.no_grad()
def predict(X, w, b):
    return torch.addmm(b.reshape(1, 1), X, w)

"""Lab 4: linear regression with tensors and autograd, without torch.nn and torch.optim.

    standardize(train, *others)       a tuple of tables (m, d), all with the training set's mean and standard deviation
    fit(X, y, w0, b0, lr, n_epochs)   the triple (w, b, losses); X (m, d), y (m,), w0 and w (d, 1), b0 0-dim
    predict(X, w, b)                  the predictions, (n, 1), outside any graph

The loss is the mean squared error. `losses` has one number per epoch: the loss before the step of that epoch.
"""

import torch


def standardize(train: torch.Tensor, *others: torch.Tensor) -> tuple[torch.Tensor, ...]:
    raise NotImplementedError


def fit(
    X: torch.Tensor, y: torch.Tensor, w0: torch.Tensor, b0: torch.Tensor, lr: float, n_epochs: int
) -> tuple[torch.Tensor, torch.Tensor, list[float]]:
    raise NotImplementedError


def predict(X: torch.Tensor, w: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    raise NotImplementedError

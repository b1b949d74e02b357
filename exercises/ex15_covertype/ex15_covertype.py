"""Exercise 15: predict which trees grow on 581,012 patches of forest (CoverType).

    load_data(data_home=None)            (X, y): X float of shape (n, 54), y int of shape (n,) in 1..7, from
                                         sklearn.datasets.fetch_covtype
    CoverTypeDataset(X, y=None, stats=None)
                                         item i is (features, label): float32 of shape (54,), int64 in 0..6; without y
                                         it is only the features. stats: what was learnt from the training rows, in any
                                         form; without them the features stay as they are
    make_loaders(X_train, y_train, X_valid, y_valid, batch_size, seed)
                                         (train_loader, valid_loader, stats): batches of (X, y), every row once per
                                         epoch; the training rows in a new order each epoch, the validation rows always
                                         in their given order. stats come only from the training rows. The same seed gives
                                         the same orders
    CoverTypeMLP(**hyperparameters)      a module: (n, 54) → logits (n, 7). CoverTypeMLP() works, too
    fit(X_train, y_train, X_valid, y_valid, device, budget_s, seed)
                                         trains for at most budget_s seconds and returns a checkpoint, a dict:
                                           "model_state_dict"  the weights of the best epoch, on the CPU
                                           "hyperparameters"   dict: CoverTypeMLP(**hyperparameters) rebuilds the model
                                           "stats"             what predict needs to prepare features
                                           "history"           {"train_loss": [...], "valid_accuracy": [...]}, a plain
                                                               number per epoch, accuracies between 0 and 1
                                         Tensors and plain data only (dict, list, tuple, str, int, float, bool, None),
                                         20 MB at most. Name the history `history` while you train, and the grader
                                         shows how it grows
    predict(checkpoint, X)               (n,) int labels in 1..7, in the order of the rows of X, in a new process. The
                                         answer for a row does not depend on the other rows of X

Arrays are NumPy's, as scikit-learn gives them: X float64, y int32. Importing this file must not train.
"""

import numpy as np
import torch
from torch import nn


def load_data(data_home=None):
    raise NotImplementedError


class CoverTypeDataset(torch.utils.data.Dataset):
    def __init__(self, X, y=None, stats=None):
        raise NotImplementedError

    def __len__(self):
        raise NotImplementedError

    def __getitem__(self, index):
        raise NotImplementedError


def make_loaders(X_train, y_train, X_valid, y_valid, batch_size, seed):
    raise NotImplementedError


class CoverTypeMLP(nn.Module):
    def __init__(self):
        super().__init__()
        raise NotImplementedError

    def forward(self, x):
        raise NotImplementedError


def fit(X_train, y_train, X_valid, y_valid, device, budget_s, seed):
    raise NotImplementedError


def predict(checkpoint, X):
    raise NotImplementedError

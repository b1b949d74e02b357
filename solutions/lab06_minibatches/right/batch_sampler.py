# right: a BatchSampler, samples as a named tuple, an iterator by hand
from typing import NamedTuple

import torch
from torch.utils.data import BatchSampler, DataLoader, Dataset, RandomSampler


class Pair(NamedTuple):
    X: torch.Tensor
    y: torch.Tensor


class PairDataset(Dataset):
    def __init__(self, X, y):
        assert len(X) == len(y)
        self.rows = [Pair(x, target.reshape(1)) for x, target in zip(X, y, strict=True)]

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, index):
        return self.rows[index]


def make_loader(dataset, batch_size, shuffle, seed):
    order = RandomSampler(dataset, generator=torch.Generator().manual_seed(seed)) if shuffle else range(len(dataset))
    return DataLoader(dataset, batch_sampler=BatchSampler(order, batch_size, drop_last=False))


def train(model, optimizer, criterion, loader, n_epochs, device="cpu"):
    history, epoch = (), 0
    while epoch < n_epochs:
        iterator, losses = iter(loader), []
        while (batch := next(iterator, None)) is not None:
            X, y = batch
            loss = criterion(model(X.to(device)), y.to(device))
            optimizer.zero_grad(set_to_none=False)
            loss.backward()
            optimizer.step()
            losses.append(float(loss.detach()))
        history += (sum(losses) / len(losses),)
        epoch += 1
    return history

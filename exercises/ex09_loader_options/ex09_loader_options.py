"""Exercise 9: the options of a DataLoader that keep a GPU busy.

    make_loader(dataset, batch_size, device, n_cpu, train)   a DataLoader for batches that will go to `device`
    to_device(batch, device)                                 the tensors of a batch on `device`, as a list or tuple

device is one of the names "cuda", "mps" and "cpu". In make_loader it is only a name: the loader leaves its batches on the
CPU, and is to be made on machines that lack the device, too. n_cpu (1 or more) is the number of processor cores.

    device      pin_memory   num_workers       persistent_workers
    "cuda"      True         1 to n_cpu        True
    others      False        0 to n_cpu        as you like, where there are workers

train=True: the rows are shuffled anew in every epoch; the last, smaller batch may be dropped.
train=False: the rows come in the dataset's order, and none is missing.

A batch is a list or tuple of one or more tensors; for "cuda" they are copied with non_blocking=True.
"""

from collections.abc import Sequence

import torch
from torch.utils.data import DataLoader, Dataset


def make_loader(dataset: Dataset, batch_size: int, device: str, n_cpu: int, train: bool) -> DataLoader:
    raise NotImplementedError


def to_device(batch: Sequence[torch.Tensor], device: str) -> list[torch.Tensor]:
    raise NotImplementedError

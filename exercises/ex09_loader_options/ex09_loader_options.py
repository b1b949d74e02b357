"""Exercise 9: the options of a DataLoader that keep a GPU busy.

    make_loader(dataset, batch_size, device, n_cpu, train)   a DataLoader for batches that will go to `device`
    to_device(batch, device)                                 the tensors of a batch on `device`, as a list or tuple

device is one of the names "cuda", "mps" and "cpu". In make_loader it is only a name: the loader leaves its batches on the
CPU, and can be made on a machine without the device. n_cpu (1 or more) is the number of processor cores.

For "cuda", other processes (1 to n_cpu) put the batches together ahead of time and stay alive from epoch to epoch, and the
batches are in memory from which a GPU can fetch by itself. For "mps" and "cpu" there is nothing that helps only CUDA, and
there are 0 to n_cpu processes.

train=True: the rows are shuffled anew in every epoch; a smaller last batch may be dropped.
train=False: the rows come in the dataset's order, and none is missing.

A batch is a list or tuple of one or more tensors; a copy to "cuda" is started, and the program goes on at once.
"""

from collections.abc import Sequence

import torch
from torch.utils.data import DataLoader, Dataset


def make_loader(dataset: Dataset, batch_size: int, device: str, n_cpu: int, train: bool) -> DataLoader:
    raise NotImplementedError


def to_device(batch: Sequence[torch.Tensor], device: str) -> list[torch.Tensor]:
    raise NotImplementedError

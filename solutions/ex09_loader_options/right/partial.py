# functools.partial; the options as a dict
import functools
from collections.abc import Sequence

import torch
from torch.utils.data import DataLoader, Dataset


def make_loader(dataset: Dataset, batch_size: int, device: str, n_cpu: int, train: bool) -> DataLoader:
    make = functools.partial(DataLoader, dataset, batch_size, train)
    if torch.device(device).type == "cuda":
        make = functools.partial(make, pin_memory=True, num_workers=min(4, n_cpu), persistent_workers=True, prefetch_factor=4)
    return make()


def to_device(batch: Sequence[torch.Tensor], device: str) -> list[torch.Tensor]:
    moved = []
    for tensor in batch:
        if torch.device(device).type == "cuda":
            tensor = tensor.cuda(non_blocking=True)
        else:
            tensor = tensor.to(device)
        moved.append(tensor)
    return moved

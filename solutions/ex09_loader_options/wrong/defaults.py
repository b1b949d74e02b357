# fails: pinned, order, workers, workers_stay — "a GPU cannot fetch by itself"
from collections.abc import Sequence

import torch
from torch.utils.data import DataLoader, Dataset


def make_loader(dataset: Dataset, batch_size: int, device: str, n_cpu: int, train: bool) -> DataLoader:
    return DataLoader(dataset, batch_size)


def to_device(batch: Sequence[torch.Tensor], device: str) -> list[torch.Tensor]:
    return [tensor.to(device, non_blocking=True) for tensor in batch]

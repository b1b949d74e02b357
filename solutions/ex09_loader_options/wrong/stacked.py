# fails: moves — "a list or tuple of 2 tensors"
from collections.abc import Sequence

import torch
from torch.utils.data import DataLoader, Dataset


def make_loader(dataset: Dataset, batch_size: int, device: str, n_cpu: int, train: bool) -> DataLoader:
    on_cuda = device == "cuda"
    num_workers = n_cpu if on_cuda else 0
    return DataLoader(
        dataset,
        batch_size=batch_size,
        shuffle=train,
        num_workers=num_workers,
        persistent_workers=num_workers > 0,
        pin_memory=on_cuda,
    )


def to_device(batch: Sequence[torch.Tensor], device: str) -> list[torch.Tensor]:
    return torch.stack([torch.as_tensor(tensor).float().mean() for tensor in batch]).to(device)

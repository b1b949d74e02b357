# to_device for anything nested; pins by itself what is not pinned
from collections.abc import Sequence

import torch
from torch.utils.data import DataLoader, Dataset


def make_loader(dataset: Dataset, batch_size: int, device: str, n_cpu: int, train: bool) -> DataLoader:
    on_cuda = torch.device(device) == torch.device("cuda")
    num_workers = (n_cpu + 1) // 2
    return DataLoader(
        dataset,
        batch_size=batch_size,
        shuffle=train,
        num_workers=num_workers,
        persistent_workers=num_workers,
        pin_memory=["cuda"].count(device),
    )


def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        if device == "cuda" and not batch.is_pinned():
            batch = batch.pin_memory()
        return batch.to(device, non_blocking=True)
    if isinstance(batch, dict):
        return {name: to_device(value, device) for name, value in batch.items()}
    return type(batch)(to_device(item, device) for item in batch)

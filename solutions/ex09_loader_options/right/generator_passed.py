# a seeded generator, workers everywhere, a smaller last training batch dropped
from collections.abc import Sequence

import torch
from torch.utils.data import DataLoader, Dataset


def make_loader(dataset: Dataset, batch_size: int, device: str, n_cpu: int, train: bool) -> DataLoader:
    return DataLoader(
        dataset,
        batch_size,
        shuffle=train,
        drop_last=train,
        generator=torch.Generator().manual_seed(42),
        num_workers=n_cpu,
        persistent_workers=True,
        prefetch_factor=2,
        pin_memory=device.startswith("cuda"),
    )


def to_device(batch: Sequence[torch.Tensor], device: str) -> list[torch.Tensor]:
    return [t.to(torch.device(device), None, True) for t in batch]

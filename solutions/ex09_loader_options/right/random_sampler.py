# samplers instead of shuffle
from collections.abc import Sequence

import torch
from torch.utils.data import DataLoader, Dataset, RandomSampler, SequentialSampler


def make_loader(dataset: Dataset, batch_size: int, device: str, n_cpu: int, train: bool) -> DataLoader:
    on_cuda = device == "cuda"
    num_workers = max(1, n_cpu - 1) if on_cuda else 0
    sampler = RandomSampler(dataset) if train else SequentialSampler(dataset)
    return DataLoader(
        dataset,
        batch_size=batch_size,
        num_workers=num_workers,
        persistent_workers=num_workers > 0,
        pin_memory=on_cuda,
        sampler=sampler,
    )


def to_device(batch: Sequence[torch.Tensor], device: str) -> tuple[torch.Tensor, ...]:
    return tuple(t.to(device=device, non_blocking=device == "cuda") for t in batch)

# a batch sampler; workers off CUDA not persistent
from collections.abc import Sequence

import torch
from torch.utils.data import BatchSampler, DataLoader, Dataset, RandomSampler, SequentialSampler


def make_loader(dataset: Dataset, batch_size: int, device: str, n_cpu: int, train: bool) -> DataLoader:
    sampler = RandomSampler(dataset) if train else SequentialSampler(dataset)
    gpu = device == "cuda"
    return DataLoader(
        dataset,
        batch_sampler=BatchSampler(sampler, batch_size, drop_last=False),
        num_workers=1,
        persistent_workers=gpu,
        pin_memory=gpu,
    )


def to_device(batch: Sequence[torch.Tensor], device: str) -> list[torch.Tensor]:
    result = []
    for tensor in batch:
        if device == "cuda":
            there = torch.empty_like(tensor, device=device)
            there.copy_(tensor, non_blocking=True)
            result.append(there)
        else:
            result.append(tensor.to(device))
    return result

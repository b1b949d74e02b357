# its own collate_fn, giving tuples; a subset sampler; an if for each device
from collections.abc import Sequence

import torch
from torch.utils.data import DataLoader, Dataset, SubsetRandomSampler


def stack(pairs):
    xs, ys = zip(*pairs, strict=True)
    return torch.stack(xs), torch.stack(ys)

def make_loader(dataset: Dataset, batch_size: int, device: str, n_cpu: int, train: bool) -> DataLoader:
    common = dict(batch_size=batch_size, collate_fn=stack)
    if train:
        common["sampler"] = SubsetRandomSampler(range(len(dataset)))
    match device:
        case "cuda":
            return DataLoader(dataset, num_workers=n_cpu, persistent_workers=True, pin_memory=True, **common)
        case "mps":
            return DataLoader(dataset, num_workers=n_cpu, persistent_workers=True, **common)
        case _:
            return DataLoader(dataset, **common)


def to_device(batch: Sequence[torch.Tensor], device: str) -> list[torch.Tensor]:
    return list(map(lambda t: t.to(device, non_blocking=True), batch))

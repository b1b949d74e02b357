# a subclass of DataLoader, a sampler of one's own, a timeout
from collections.abc import Sequence

import torch
from torch.utils.data import DataLoader, Dataset, Sampler


class Shuffled(Sampler):
    def __init__(self, n):
        self.n = n

    def __len__(self):
        return self.n

    def __iter__(self):
        return iter(torch.randperm(self.n).tolist())


class Loader(DataLoader):
    def __init__(self, dataset, batch_size, train, **options):
        super().__init__(dataset, batch_size, sampler=Shuffled(len(dataset)) if train else range(len(dataset)), **options)

def make_loader(dataset: Dataset, batch_size: int, device: str, n_cpu: int, train: bool) -> DataLoader:
    if device == "cuda":
        options = {"num_workers": n_cpu, "pin_memory": True, "persistent_workers": True, "timeout": 60}
    else:
        options = {}
    return Loader(dataset, batch_size, train, **options)


def to_device(batch: Sequence[torch.Tensor], device: str) -> list[torch.Tensor]:
    non_blocking = batch[0].is_pinned()
    return [t.to(device, non_blocking=non_blocking).contiguous() for t in batch]

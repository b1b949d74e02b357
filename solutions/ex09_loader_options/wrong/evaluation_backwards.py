# fails: order — "expected the dataset's order"
# base: solution
def make_loader(dataset: Dataset, batch_size: int, device: str, n_cpu: int, train: bool) -> DataLoader:
    on_cuda = device == "cuda"
    num_workers = n_cpu if on_cuda else 0
    return DataLoader(
        dataset if train else torch.utils.data.Subset(dataset, range(len(dataset) - 1, -1, -1)),
        batch_size=batch_size,
        num_workers=num_workers,
        persistent_workers=num_workers > 0,
        pin_memory=on_cuda,
        sampler=None if not train else torch.utils.data.RandomSampler(dataset),
    )

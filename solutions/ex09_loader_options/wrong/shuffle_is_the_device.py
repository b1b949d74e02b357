# fails: order — "match predictions with labels"
# base: solution
def make_loader(dataset: Dataset, batch_size: int, device: str, n_cpu: int, train: bool) -> DataLoader:
    on_cuda = device == "cuda"
    num_workers = n_cpu if on_cuda else 0
    return DataLoader(
        dataset,
        batch_size=batch_size,
        shuffle=device,
        num_workers=num_workers,
        persistent_workers=num_workers > 0,
        pin_memory=on_cuda,
    )

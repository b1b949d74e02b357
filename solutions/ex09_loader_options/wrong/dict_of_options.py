# fails: builds — "returned"
# base: solution
def make_loader(dataset: Dataset, batch_size: int, device: str, n_cpu: int, train: bool) -> DataLoader:
    on_cuda = device == "cuda"
    return dict(dataset=dataset, batch_size=batch_size, shuffle=train, pin_memory=on_cuda)

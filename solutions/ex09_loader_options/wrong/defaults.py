# fails: pinned, order, workers, workers_stay — "A GPU cannot fetch by itself"
# base: solution
def make_loader(dataset: Dataset, batch_size: int, device: str, n_cpu: int, train: bool) -> DataLoader:
    return DataLoader(dataset, batch_size)

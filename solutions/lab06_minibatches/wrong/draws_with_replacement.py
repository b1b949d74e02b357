# fails: in_order, shuffles — "without replacement"
# base: solution
def make_loader(dataset: Dataset, batch_size: int, shuffle: bool, seed: int) -> DataLoader[Any]:
    generator = torch.Generator().manual_seed(seed)
    from torch.utils.data import RandomSampler

    sampler = RandomSampler(dataset, replacement=True, generator=generator) if shuffle else None
    return DataLoader(dataset, batch_size=batch_size, sampler=sampler)

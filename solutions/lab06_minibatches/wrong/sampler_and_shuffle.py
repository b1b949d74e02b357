# fails: in_order, shuffles — "With a sampler, leave out shuffle"
# base: solution
def make_loader(dataset: Dataset, batch_size: int, shuffle: bool, seed: int) -> DataLoader[Any]:
    generator = torch.Generator().manual_seed(seed)
    from torch.utils.data import RandomSampler

    sampler = RandomSampler(dataset, generator=generator) if shuffle else None
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle, sampler=sampler)

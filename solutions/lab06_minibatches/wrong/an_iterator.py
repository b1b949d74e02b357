# fails: in_order, shuffles — "not an iterator over it"
# base: solution
def make_loader(dataset: Dataset, batch_size: int, shuffle: bool, seed: int) -> DataLoader[Any]:
    generator = torch.Generator().manual_seed(seed)
    return iter(DataLoader(dataset, batch_size=batch_size, shuffle=shuffle, generator=generator))

# fails: in_order, shuffles — "must have batch_size rows"
# base: solution
def make_loader(dataset: Dataset, batch_size: int, shuffle: bool, seed: int) -> DataLoader[Any]:
    generator = torch.Generator().manual_seed(seed)
    return DataLoader(dataset, batch_size=2, shuffle=shuffle, generator=generator)

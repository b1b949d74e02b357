# fails: in_order, shuffles — "The last, smaller batch is missing"
# base: solution
def make_loader(dataset: Dataset, batch_size: int, shuffle: bool, seed: int) -> DataLoader[Any]:
    generator = torch.Generator().manual_seed(seed)
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle, generator=generator, drop_last=True)

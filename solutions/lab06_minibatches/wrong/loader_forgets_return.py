# fails: in_order, shuffles — "`return` the loader"
# base: solution
def make_loader(dataset: Dataset, batch_size: int, shuffle: bool, seed: int) -> DataLoader[Any]:
    generator = torch.Generator().manual_seed(seed)
    DataLoader(dataset, batch_size=batch_size, shuffle=shuffle, generator=generator)

# fails: shuffles — "seed the generator only once"
# base: solution
def make_loader(dataset: Dataset, batch_size: int, shuffle: bool, seed: int) -> DataLoader[Any]:
    generator = torch.Generator().manual_seed(seed)
    class Order:
        def __iter__(self):
            generator.manual_seed(seed)
            return iter(torch.randperm(len(dataset), generator=generator).tolist())

        def __len__(self):
            return len(dataset)

    return DataLoader(dataset, batch_size=batch_size, sampler=Order() if shuffle else None)

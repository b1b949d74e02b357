# fails: in_order, shuffles — "each holds neighbouring rows"
# base: solution
def make_loader(dataset: Dataset, batch_size: int, shuffle: bool, seed: int) -> DataLoader[Any]:
    generator = torch.Generator().manual_seed(seed)
    rows = list(torch.arange(len(dataset)).split(batch_size))

    class Order:
        epoch = 0

        def __iter__(self):
            Order.epoch += shuffle
            shift = Order.epoch % (len(rows) - 1)
            return (batch.tolist() for batch in [*rows[shift:-1], *rows[:shift], rows[-1]])

        def __len__(self):
            return len(rows)

    return DataLoader(dataset, batch_sampler=Order())

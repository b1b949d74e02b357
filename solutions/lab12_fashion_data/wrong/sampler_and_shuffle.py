# fails: batches_of_all — "refuses this combination"
# base: solution
def loaders(
    train: Dataset[Any], valid: Dataset[Any], test: Dataset[Any], batch_size: int
) -> tuple[DataLoader[Any], DataLoader[Any], DataLoader[Any]]:
    return (
        DataLoader(train, batch_size=batch_size, shuffle=True, sampler=torch.utils.data.RandomSampler(train)),
        DataLoader(valid, batch_size=batch_size),
        DataLoader(test, batch_size=batch_size),
    )

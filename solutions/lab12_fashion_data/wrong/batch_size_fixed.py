# fails: batches_of_all — "batch_size items"
# base: solution
def loaders(
    train: Dataset[Any], valid: Dataset[Any], test: Dataset[Any], batch_size: int
) -> tuple[DataLoader[Any], DataLoader[Any], DataLoader[Any]]:
    return (
        DataLoader(train, batch_size=batch_size, shuffle=True),
        DataLoader(valid, batch_size=batch_size),
        DataLoader(test, batch_size=32),
    )

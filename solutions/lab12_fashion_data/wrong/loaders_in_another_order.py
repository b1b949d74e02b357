# fails: batches_of_all — "in the order train, valid, test"
# base: solution
def loaders(
    train: Dataset[Any], valid: Dataset[Any], test: Dataset[Any], batch_size: int
) -> tuple[DataLoader[Any], DataLoader[Any], DataLoader[Any]]:
    return (
        DataLoader(train, batch_size=batch_size, shuffle=True),
        DataLoader(test, batch_size=batch_size),
        DataLoader(valid, batch_size=batch_size),
    )

# fails: batches_of_all — "let the loader draw a new one each time"
# base: solution
def loaders(
    train: Dataset[Any], valid: Dataset[Any], test: Dataset[Any], batch_size: int
) -> tuple[DataLoader[Any], DataLoader[Any], DataLoader[Any]]:
    return (
        DataLoader(train, batch_size=batch_size, sampler=torch.randperm(len(train)).tolist()),
        DataLoader(valid, batch_size=batch_size),
        DataLoader(test, batch_size=batch_size),
    )

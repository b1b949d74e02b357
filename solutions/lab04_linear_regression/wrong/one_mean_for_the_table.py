# fails: known_table, any_tables — "Each column has its own mean"
# base: solution
def standardize(train: torch.Tensor, *others: torch.Tensor) -> tuple[torch.Tensor, ...]:
    mean, std = train.mean(), train.std()
    return tuple((table - mean) / std for table in (train, *others))

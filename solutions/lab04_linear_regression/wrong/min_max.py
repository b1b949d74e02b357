# fails: known_table, any_tables — "minimum and maximum"
# base: solution
def standardize(train: torch.Tensor, *others: torch.Tensor) -> tuple[torch.Tensor, ...]:
    low, high = train.amin(dim=0), train.amax(dim=0)
    return tuple((table - low) / (high - low) for table in (train, *others))

# fails: known_table, any_tables — "divided by the variance"
# base: solution
def standardize(train: torch.Tensor, *others: torch.Tensor) -> tuple[torch.Tensor, ...]:
    mean, std = train.mean(dim=0), train.var(dim=0)
    return tuple((table - mean) / std for table in (train, *others))

# fails: known_table, any_tables — "The deviation is missing"
# base: solution
def standardize(train: torch.Tensor, *others: torch.Tensor) -> tuple[torch.Tensor, ...]:
    mean, std = train.mean(dim=0), train.std(dim=0)
    return tuple(table - mean for table in (train, *others))

# fails: known_table, any_tables — "You did not subtract the mean"
# base: solution
def standardize(train: torch.Tensor, *others: torch.Tensor) -> tuple[torch.Tensor, ...]:
    mean, std = train.mean(dim=0), train.std(dim=0)
    return tuple(table / std for table in (train, *others))

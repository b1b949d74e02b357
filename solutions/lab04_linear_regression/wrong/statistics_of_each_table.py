# fails: known_table, any_tables — "use those of the training set"
# base: solution
def standardize(train: torch.Tensor, *others: torch.Tensor) -> tuple[torch.Tensor, ...]:
    return tuple((table - table.mean(dim=0)) / table.std(dim=0) for table in (train, *others))

# fails: any_tables — "even if there is only the training set"
# base: solution
def standardize(train: torch.Tensor, *others: torch.Tensor) -> tuple[torch.Tensor, ...]:
    mean, std = train.mean(dim=0), train.std(dim=0)
    tables = tuple((table - mean) / std for table in (train, *others))
    return tables if others else tables[0]

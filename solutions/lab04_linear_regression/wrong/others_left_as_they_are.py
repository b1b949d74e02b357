# fails: known_table, any_tables — "You left the other tables as they were"
# base: solution
def standardize(train: torch.Tensor, *others: torch.Tensor) -> tuple[torch.Tensor, ...]:
    mean, std = train.mean(dim=0), train.std(dim=0)
    return (train - mean) / std, *others

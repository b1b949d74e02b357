# fails: known_table, any_tables — "You went along each row"
# base: solution
def standardize(train: torch.Tensor, *others: torch.Tensor) -> tuple[torch.Tensor, ...]:
    return tuple(
        (table - table.mean(dim=1, keepdim=True)) / table.std(dim=1, keepdim=True) for table in (train, *others)
    )

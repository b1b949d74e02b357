# fails: any_tables — "standardize("
# base: solution
def standardize(train: torch.Tensor, other: torch.Tensor) -> tuple[torch.Tensor, ...]:
    mean, std = train.mean(dim=0), train.std(dim=0)
    return tuple((table - mean) / std for table in (train, other))

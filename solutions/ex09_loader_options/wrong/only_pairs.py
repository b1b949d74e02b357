# fails: moves — "go through them in a loop"
# base: solution
def to_device(batch: Sequence[torch.Tensor], device: str) -> list[torch.Tensor]:
    X, y = batch
    return X.to(device, non_blocking=True), y.to(device, non_blocking=True)

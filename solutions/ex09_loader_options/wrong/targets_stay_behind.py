# fails: moves — "none stays behind"
# base: solution
def to_device(batch: Sequence[torch.Tensor], device: str) -> list[torch.Tensor]:
    X, *rest = batch
    return [X.to(device, non_blocking=True), *rest]

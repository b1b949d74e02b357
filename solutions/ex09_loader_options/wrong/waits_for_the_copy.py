# fails: moves — "with non_blocking=True"
# base: solution
def to_device(batch: Sequence[torch.Tensor], device: str) -> list[torch.Tensor]:
    return [tensor.to(device) for tensor in batch]

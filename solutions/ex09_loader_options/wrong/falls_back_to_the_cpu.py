# fails: moves — "whether this machine has it or not"
# base: solution
def to_device(batch: Sequence[torch.Tensor], device: str) -> list[torch.Tensor]:
    if not torch.cuda.is_available():
        device = "cpu"
    return [tensor.to(device, non_blocking=True) for tensor in batch]

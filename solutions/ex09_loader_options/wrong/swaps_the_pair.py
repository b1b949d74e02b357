# fails: keeps_the_batch — "in their order"
# base: solution
def to_device(batch: Sequence[torch.Tensor], device: str) -> list[torch.Tensor]:
    return [tensor.to(device, non_blocking=True) for tensor in reversed(batch)]

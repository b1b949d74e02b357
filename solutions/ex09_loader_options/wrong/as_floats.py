# fails: keeps_the_batch — "Leave the dtype as it is"
# base: solution
def to_device(batch: Sequence[torch.Tensor], device: str) -> list[torch.Tensor]:
    return [tensor.to(device, torch.float32, non_blocking=True) for tensor in batch]

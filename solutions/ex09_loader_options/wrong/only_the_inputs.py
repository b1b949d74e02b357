# fails: keeps_the_batch — "a list or tuple of 2 tensors"
# base: solution
def to_device(batch: Sequence[torch.Tensor], device: str) -> list[torch.Tensor]:
    return [batch[0].to(device, non_blocking=True)]

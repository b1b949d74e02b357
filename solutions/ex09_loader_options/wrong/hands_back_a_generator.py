# fails: keeps_the_batch — "can be used only once"
# base: solution
def to_device(batch: Sequence[torch.Tensor], device: str) -> list[torch.Tensor]:
    return (tensor.to(device, non_blocking=True) for tensor in batch)

# fails: keeps_the_batch — "return the tensors"
# base: solution
def to_device(batch: Sequence[torch.Tensor], device: str) -> list[torch.Tensor]:
    for tensor in batch:
        tensor.to(device, non_blocking=True)

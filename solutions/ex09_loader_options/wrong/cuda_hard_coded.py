# fails: keeps_the_batch — "the device that the argument names"
# base: solution
def to_device(batch: Sequence[torch.Tensor], device: str) -> list[torch.Tensor]:
    return [tensor.cuda(non_blocking=True) for tensor in batch]

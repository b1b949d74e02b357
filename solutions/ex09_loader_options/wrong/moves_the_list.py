# fails: keeps_the_batch — "move its tensors, one by one"
# base: solution
def to_device(batch: Sequence[torch.Tensor], device: str) -> list[torch.Tensor]:
    return batch.to(device, non_blocking=True)

# fails: keeps_the_batch — "a list or tuple of 2 tensors"
# base: solution
def to_device(batch: Sequence[torch.Tensor], device: str) -> list[torch.Tensor]:
    return torch.stack([torch.as_tensor(tensor).float().mean() for tensor in batch]).to(device)

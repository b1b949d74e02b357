# right: copy_ moves the numbers, too
import torch


def create_direct(data: float | list, device: str) -> torch.Tensor:
    return torch.tensor(data, dtype=torch.float32, device=device)


def create_then_move(data, device):
    source = torch.tensor(data, dtype=torch.float32)
    return torch.empty(source.shape, device=device).copy_(source)

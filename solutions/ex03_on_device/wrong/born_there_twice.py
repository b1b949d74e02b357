# fails: moved_there — "Both versions make the tensor the same way"
import torch


def create_direct(data: float | list, device: str) -> torch.Tensor:
    return torch.tensor(data, dtype=torch.float32, device=device)


def create_then_move(data, device):
    return torch.tensor(data, dtype=torch.float32, device=device)

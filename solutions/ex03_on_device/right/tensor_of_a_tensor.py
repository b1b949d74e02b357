# right: torch.tensor copies a tensor, to another device if it is told so
import torch


def create_direct(data: float | list, device: str) -> torch.Tensor:
    return torch.tensor(data, dtype=torch.float32, device=device)


def create_then_move(data, device):
    return torch.tensor(torch.tensor(data), dtype=torch.float32, device=device)

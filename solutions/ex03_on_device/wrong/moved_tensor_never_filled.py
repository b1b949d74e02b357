# fails: numbers, other_data, moved_there — "the numbers are not those of data"
import torch


def create_direct(data: float | list, device: str) -> torch.Tensor:
    return torch.tensor(data, dtype=torch.float32, device=device)


def create_then_move(data, device):
    t = torch.tensor(data, dtype=torch.float32)
    return torch.zeros_like(t, device=device)

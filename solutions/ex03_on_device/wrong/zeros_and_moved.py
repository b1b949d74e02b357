# fails: numbers, other_data — "only make room"
import torch


def create_direct(data: float | list, device: str) -> torch.Tensor:
    return torch.tensor(data, dtype=torch.float32, device=device)


def create_then_move(data, device):
    return torch.zeros(torch.tensor(data).shape).to(device)

# fails: numbers, other_data — "rounded on the way"
import torch


def create_direct(data: float | list, device: str) -> torch.Tensor:
    return torch.tensor(data, dtype=torch.float32, device=device)


def create_then_move(data, device):
    return torch.tensor(data, dtype=torch.bfloat16).to(device, torch.float32)

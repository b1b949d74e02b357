# fails: right_device, moved_there — "keep what it returns"
import torch


def create_direct(data: float | list, device: str) -> torch.Tensor:
    return torch.tensor(data, dtype=torch.float32, device=device)


def create_then_move(data, device):
    t = torch.tensor(data, dtype=torch.float32)
    t.to(device)
    return t

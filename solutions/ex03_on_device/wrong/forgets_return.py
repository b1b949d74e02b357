# fails: numbers, right_device, other_data, moved_there, defaults_restored — "returned None"
import torch


def create_direct(data: float | list, device: str) -> torch.Tensor:
    return torch.tensor(data, dtype=torch.float32, device=device)


def create_then_move(data, device):
    t = torch.tensor(data, dtype=torch.float32)
    t = t.to(device)

# fails: numbers, right_device, other_data, moved_there, defaults_restored — "use the argument"
import torch


def create_direct(data: float | list, device: str) -> torch.Tensor:
    return torch.tensor(data, dtype=torch.float32, device=device)


def create_then_move(data, device):
    return torch.tensor(data, dtype=torch.float32).cuda()

# fails: moved_there, defaults_restored — "make the tensor the same way"
import torch


def create_direct(data: float | list, device: str) -> torch.Tensor:
    return torch.tensor(data, dtype=torch.float32, device=device)


def create_then_move(data, device):
    torch.set_default_device(device)
    t = torch.tensor(data, dtype=torch.float32)
    return t.to(device)

# right: a default device that is set and restored
import torch


def create_direct(data, device):
    before = torch.get_default_device()
    torch.set_default_device(device)
    try:
        return torch.tensor(data, dtype=torch.float32)
    finally:
        torch.set_default_device(before)


def create_then_move(data: float | list, device: str) -> torch.Tensor:
    on_cpu = torch.tensor(data, dtype=torch.float32)
    return on_cpu.to(device)

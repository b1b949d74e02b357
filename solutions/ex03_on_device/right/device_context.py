# right: a device as a context
import torch


def create_direct(data, device):
    with torch.device(device):
        return torch.tensor(data, dtype=torch.float32)


def create_then_move(data: float | list, device: str) -> torch.Tensor:
    on_cpu = torch.tensor(data, dtype=torch.float32)
    return on_cpu.to(device)

# fails: defaults_restored — "Everything afterwards lands there"
import torch


def create_direct(data, device):
    torch.set_default_device(device)
    return torch.tensor(data, dtype=torch.float32)


def create_then_move(data: float | list, device: str) -> torch.Tensor:
    on_cpu = torch.tensor(data, dtype=torch.float32)
    return on_cpu.to(device)

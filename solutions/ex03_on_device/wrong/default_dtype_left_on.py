# fails: defaults_restored — "Everything afterwards lands there"
import torch


def create_direct(data, device):
    torch.set_default_dtype(torch.float64)
    return torch.tensor(data, dtype=torch.float32, device=device)


def create_then_move(data: float | list, device: str) -> torch.Tensor:
    on_cpu = torch.tensor(data, dtype=torch.float32)
    return on_cpu.to(device)

# fails: numbers, other_data — "Ints give an int64 tensor"
import torch


def create_direct(data, device):
    return torch.tensor(data, device=device)


def create_then_move(data: float | list, device: str) -> torch.Tensor:
    on_cpu = torch.tensor(data, dtype=torch.float32)
    return on_cpu.to(device)

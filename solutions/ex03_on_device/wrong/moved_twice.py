# fails: born_there — "Both versions make the tensor the same way"
import torch


def create_direct(data, device):
    return torch.tensor(data, dtype=torch.float32).to(device)


def create_then_move(data: float | list, device: str) -> torch.Tensor:
    on_cpu = torch.tensor(data, dtype=torch.float32)
    return on_cpu.to(device)

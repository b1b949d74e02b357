# fails: numbers, other_data — "the numbers are not those of data"
import torch


def create_direct(data, device):
    shape = torch.tensor(data, device="meta").shape
    return torch.zeros(shape, device=device)


def create_then_move(data: float | list, device: str) -> torch.Tensor:
    on_cpu = torch.tensor(data, dtype=torch.float32)
    return on_cpu.to(device)

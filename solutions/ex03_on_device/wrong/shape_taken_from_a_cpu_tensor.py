# fails: born_there — "give the device to the function that creates it"
import torch


def create_direct(data, device):
    shape = torch.tensor(data).shape
    t = torch.zeros(shape, device=device)
    return t.copy_(torch.tensor(data, device=device))


def create_then_move(data: float | list, device: str) -> torch.Tensor:
    on_cpu = torch.tensor(data, dtype=torch.float32)
    return on_cpu.to(device)

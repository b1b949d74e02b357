# fails: right_device, born_there — "give the device to the function that creates it"
import torch


def create_direct(data, device):
    return torch.tensor(data, dtype=torch.float32)


def create_then_move(data: float | list, device: str) -> torch.Tensor:
    on_cpu = torch.tensor(data, dtype=torch.float32)
    return on_cpu.to(device)

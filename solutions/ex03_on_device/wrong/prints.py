# fails: numbers, right_device, other_data, born_there, defaults_restored — "returned None"
import torch


def create_direct(data, device):
    print(torch.tensor(data, dtype=torch.float32, device=device))


def create_then_move(data: float | list, device: str) -> torch.Tensor:
    on_cpu = torch.tensor(data, dtype=torch.float32)
    return on_cpu.to(device)

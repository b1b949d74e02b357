# fails: numbers, right_device, other_data, born_there, defaults_restored — "Its shape is"
import torch

KEPT = {}


def create_direct(data, device):
    if device not in KEPT:
        KEPT[device] = torch.tensor(data, dtype=torch.float32, device=device)
    return KEPT[device]


def create_then_move(data: float | list, device: str) -> torch.Tensor:
    on_cpu = torch.tensor(data, dtype=torch.float32)
    return on_cpu.to(device)

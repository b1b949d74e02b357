# fails: numbers, right_device, other_data, born_there, defaults_restored — "torch.tensor takes them all"
import torch


def create_direct(data, device):
    t = torch.empty(len(data), len(data[0]), device=device)
    for i, row in enumerate(data):
        for j, number in enumerate(row):
            t[i, j] = number
    return t


def create_then_move(data: float | list, device: str) -> torch.Tensor:
    on_cpu = torch.tensor(data, dtype=torch.float32)
    return on_cpu.to(device)

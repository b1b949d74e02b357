# fails: numbers, right_device, other_data, born_there, defaults_restored — "NumPy knows no devices"
import numpy as np
import torch


def create_direct(data, device):
    return np.array(data, dtype=np.float32)


def create_then_move(data: float | list, device: str) -> torch.Tensor:
    on_cpu = torch.tensor(data, dtype=torch.float32)
    return on_cpu.to(device)

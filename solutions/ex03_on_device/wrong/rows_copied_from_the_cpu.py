# fails: born_there — "Both versions make the tensor the same way"
import numpy as np
import torch


def create_direct(data, device):
    there = torch.empty(np.shape(data), device=device)
    there[...] = torch.tensor(data)
    return there


def create_then_move(data: float | list, device: str) -> torch.Tensor:
    on_cpu = torch.tensor(data, dtype=torch.float32)
    return on_cpu.to(device)

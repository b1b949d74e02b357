# right: rows are copied from the CPU into views
import numpy as np
import torch


def create_direct(data: float | list, device: str) -> torch.Tensor:
    return torch.tensor(data, dtype=torch.float32, device=device)


def create_then_move(data, device):
    there = torch.empty(np.shape(data), device=device)
    if there.dim() == 0:
        there.data.copy_(torch.tensor(data))
    for i in range(len(there) if there.dim() else 0):
        there[i].copy_(torch.tensor(data[i]))
    return there

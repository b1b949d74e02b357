# right: a tensor on the device makes others there
import numpy as np
import torch


def create_direct(data, device):
    return torch.empty(0, device=device).new_tensor(data)


def create_then_move(data, device):
    t = torch.zeros(np.shape(data))
    t[...] = torch.tensor(data, dtype=torch.float32)
    return t.to(torch.device(device), non_blocking=True)

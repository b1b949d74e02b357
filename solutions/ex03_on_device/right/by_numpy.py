# right: NumPy arrays are no tensors, so the first one is born on the device
import numpy as np
import torch


def create_direct(data, device):
    return torch.as_tensor(np.asarray(data, dtype=np.float32), device=device)


def create_then_move(data, device):
    return torch.from_numpy(np.asarray(data, dtype=np.float32)).to(device)

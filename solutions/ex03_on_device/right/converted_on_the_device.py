# right: float64 on the way; the dtype is changed on the device
import torch


def create_direct(data, device):
    return torch.tensor(data, device=device).to(torch.float32)


def create_then_move(data, device):
    return torch.tensor(data, dtype=torch.float64).to(device).float()

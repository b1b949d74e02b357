# right: as_tensor with a device; .to with keywords
import torch


def create_direct(data, device):
    return torch.as_tensor(data, dtype=torch.float32, device=device)


def create_then_move(data, device):
    return torch.as_tensor(data, dtype=torch.float32).to(device=device, copy=True)

# right: rows are moved one by one, and stacked on the device
import torch


def create_direct(data, device):
    if isinstance(data, list) and data and isinstance(data[0], list):
        return torch.stack([create_direct(row, device) for row in data])
    return torch.asarray(data, dtype=torch.float32, device=device)


def create_then_move(data, device):
    if isinstance(data, list) and data and isinstance(data[0], list):
        return torch.stack([create_then_move(row, device) for row in data])
    return torch.tensor(data, dtype=torch.float32).to(device)

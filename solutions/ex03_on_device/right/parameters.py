# right: a Parameter is a tensor
import torch


def create_direct(data, device):
    return torch.nn.Parameter(torch.tensor(data, dtype=torch.float32, device=device))


def create_then_move(data, device):
    return torch.nn.Parameter(torch.tensor(data, dtype=torch.float32).to(device))

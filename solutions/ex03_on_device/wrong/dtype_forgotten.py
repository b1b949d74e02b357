# fails: numbers, other_data — "Ints give an int64 tensor"
# base: none
import torch


def create_direct(data, device):
    return torch.tensor(data, device=device)


def create_then_move(data, device):
    return torch.tensor(data).to(device)

# fails: born_there, moved_there — "The two functions are swapped"
# base: none
import torch


def create_direct(data, device):
    return torch.tensor(data, dtype=torch.float32).to(device)


def create_then_move(data, device):
    return torch.tensor(data, dtype=torch.float32, device=device)

# fails: numbers, other_data, born_there, moved_there — "use torch.tensor, in lower case"
# base: none
import torch


def create_direct(data, device):
    if isinstance(data, float):
        data = [data]
    return torch.Tensor(data).to(device)


def create_then_move(data, device):
    return torch.Tensor(data).to(device)

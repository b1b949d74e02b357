# fails: right_device, born_there, moved_there — "give the device to the function that creates"
# base: none
import torch


def create_direct(data, device):
    here = "cuda" if torch.cuda.is_available() else "cpu"
    return torch.tensor(data, dtype=torch.float32, device=here)


def create_then_move(data, device):
    here = "cuda" if torch.cuda.is_available() else "cpu"
    return torch.tensor(data, dtype=torch.float32).to(here)

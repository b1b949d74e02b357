# right: an empty tensor on the device is filled there, number by number
import numpy as np
import torch


def create_direct(data, device):
    t = torch.empty(np.shape(data), dtype=torch.float32, device=device)
    for place in np.ndindex(t.shape):
        number = data
        for step in place:
            number = number[step]
        t[place] = number
    return t


def create_then_move(data, device):
    t = torch.tensor(data).float()
    there = torch.empty_like(t, device=device)
    there[...] = t
    return there

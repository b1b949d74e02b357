# attack: take all the memory at once
# verdict: error, crashed, failed
import torch


def gradient_at(x, y):
    return torch.ones(100 << 30, dtype=torch.uint8).sum(), bytearray(100 << 30)

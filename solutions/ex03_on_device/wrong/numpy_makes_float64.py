# fails: numbers, right_device, other_data — "Keep float32"
import numpy as np
import torch


def create_direct(data: float | list, device: str) -> torch.Tensor:
    return torch.tensor(data, dtype=torch.float32, device=device)


def create_then_move(data, device):
    return torch.from_numpy(np.array(data)).to(device)

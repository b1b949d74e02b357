# right: a default device under another name, which a stack of callbacks puts back
from contextlib import ExitStack

import torch
from torch import set_default_device as by_default


def create_direct(data, device):
    with ExitStack() as stack:
        stack.callback(by_default, torch.get_default_device())
        by_default(device)
        return torch.tensor(data, dtype=torch.float32)


def create_then_move(data: float | list, device: str) -> torch.Tensor:
    on_cpu = torch.tensor(data, dtype=torch.float32)
    return on_cpu.to(device)

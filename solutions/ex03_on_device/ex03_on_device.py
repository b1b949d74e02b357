"""Reference solution of exercise 3."""

import torch


def create_direct(data: float | list, device: str) -> torch.Tensor:
    return torch.tensor(data, dtype=torch.float32, device=device)


def create_then_move(data: float | list, device: str) -> torch.Tensor:
    on_cpu = torch.tensor(data, dtype=torch.float32)
    # Tensor.to leaves on_cpu where it is, and returns another tensor.
    return on_cpu.to(device)

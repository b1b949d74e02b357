# right: a module moves what it holds
import torch


def create_direct(data: float | list, device: str) -> torch.Tensor:
    return torch.tensor(data, dtype=torch.float32, device=device)


def create_then_move(data, device):
    holder = torch.nn.Module()
    holder.register_buffer("numbers", torch.tensor(data, dtype=torch.float32))
    holder.to(device)
    return holder.numbers

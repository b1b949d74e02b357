# right: .cuda() only where cuda is meant
import torch


def create_direct(data: float | list, device: str) -> torch.Tensor:
    return torch.tensor(data, dtype=torch.float32, device=device)


def create_then_move(data, device):
    t = torch.tensor(data, dtype=torch.float32)
    return t.cuda() if device == "cuda" else t.to(device)

# right: .to(other) takes device and dtype of another tensor
import torch


def create_direct(data: float | list, device: str) -> torch.Tensor:
    return torch.tensor(data, dtype=torch.float32, device=device)


def create_then_move(data, device):
    other = torch.empty(0, device=device)
    return torch.tensor(data).to(other)

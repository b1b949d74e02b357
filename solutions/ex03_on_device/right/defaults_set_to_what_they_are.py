# right: defaults are set, to PyTorch's own, and for a while to another dtype
import torch


def create_direct(data, device):
    torch.set_default_dtype(torch.float32)
    return torch.tensor(data, dtype=torch.float32, device=device)


def create_then_move(data: float | list, device: str) -> torch.Tensor:
    torch.set_default_device("cpu")
    torch.set_default_dtype(torch.float64)
    on_cpu = torch.tensor(data)
    torch.set_default_dtype(torch.float32)
    return on_cpu.float().to(device)

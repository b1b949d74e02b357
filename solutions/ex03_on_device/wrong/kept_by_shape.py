# fails: other_data — "an earlier call"
import torch

KEPT = {}


def create_direct(data, device):
    fresh = torch.tensor(data, dtype=torch.float32, device=device)
    return KEPT.setdefault((tuple(fresh.shape), device), fresh)


def create_then_move(data: float | list, device: str) -> torch.Tensor:
    on_cpu = torch.tensor(data, dtype=torch.float32)
    return on_cpu.to(device)

# right: functions without a def
import torch


create_direct = lambda data, device: torch.tensor(data, device=device).float()


def create_then_move(data, device):
    return torch.tensor(data).to(device=torch.device(device), dtype=torch.float32).contiguous()

# fails: numbers, right_device, other_data — "Keep float32"
# base: solution
import numpy as np


def create_then_move(data, device):
    return torch.from_numpy(np.array(data)).to(device)

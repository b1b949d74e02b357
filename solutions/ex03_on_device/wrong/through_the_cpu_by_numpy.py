# fails: born_there — "Both functions make the tensor the same way"
# base: solution
import numpy as np


def create_direct(data, device):
    return torch.from_numpy(np.array(data, dtype=np.float32)).to(device)

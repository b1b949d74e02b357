# fails: born_there — "Both functions make the tensor the same way"
# base: solution
import numpy as np


def create_direct(data, device):
    there = torch.empty(np.shape(data), device=device)
    there[...] = torch.tensor(data)
    return there

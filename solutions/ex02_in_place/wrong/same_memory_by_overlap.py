# fails: pairs — "no element in common"
# base: solution
import numpy as np


def same_memory(a, b):
    return np.shares_memory(a.detach().cpu().numpy(), b.detach().cpu().numpy())

# fails: overwriting — "You changed a copy"
# base: solution
import numpy as np


def in_place(op, x):
    values = x.cpu().numpy().copy()
    values[...] = np.maximum(values, 0) if op == "relu" else getattr(np, op)(values)
    return torch.from_numpy(values)

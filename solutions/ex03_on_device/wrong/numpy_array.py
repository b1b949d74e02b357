# fails: numbers, right_device, other_data, born_there, defaults_restored — "NumPy knows no devices"
# base: solution
import numpy as np


def create_direct(data, device):
    return np.array(data, dtype=np.float32)

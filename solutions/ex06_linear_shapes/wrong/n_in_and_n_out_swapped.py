# fails: known_shapes, random_shapes — "PyTorch takes this input"
# base: solution
import torch
from torch import nn


def output_shape(n_in, n_out, input_shape):
    try:
        return nn.Linear(n_out, n_in)(torch.zeros(input_shape)).shape
    except RuntimeError:
        return None

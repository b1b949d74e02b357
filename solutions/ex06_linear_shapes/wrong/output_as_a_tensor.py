# fails: known_shapes, random_shapes — "return its shape"
# base: solution
import torch
from torch import nn


def output_shape(n_in, n_out, input_shape):
    try:
        return nn.Linear(n_in, n_out)(torch.zeros(input_shape))
    except RuntimeError:
        return None

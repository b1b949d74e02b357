# fails: random_shapes — "has no last dimension"
# base: solution
import torch
from torch import nn


def output_shape(n_in, n_out, input_shape):
    x = torch.zeros(input_shape)
    try:
        return nn.Linear(n_in, n_out)(x if x.dim() else x.expand(n_in)).shape
    except RuntimeError:
        return None

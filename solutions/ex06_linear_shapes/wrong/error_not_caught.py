# fails: known_shapes, random_shapes — "None instead of raising an error"
# base: solution
import torch
from torch import nn


def output_shape(n_in, n_out, input_shape):
    return nn.Linear(n_in, n_out)(torch.zeros(input_shape)).shape

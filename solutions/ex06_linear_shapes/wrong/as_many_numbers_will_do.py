# fails: random_shapes — "has no last one"
import torch
from torch import nn


def linear_facts(n_in, n_out):
    return {
        "neurons": n_out,
        "weight_shape": (n_out, n_in),
        "bias_shape": (n_out,),
        "n_params": n_out * n_in + n_out,
    }


def output_shape(n_in, n_out, input_shape):
    x = torch.zeros(input_shape)
    try:
        return nn.Linear(n_in, n_out)(x if x.dim() else x.expand(n_in)).shape
    except RuntimeError:
        return None

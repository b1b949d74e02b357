# fails: known_shapes, random_shapes — "PyTorch takes this input"
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
    try:
        return nn.Linear(n_in, n_out)(torch.zeros(input_shape).mT).shape
    except (RuntimeError, IndexError):
        return None

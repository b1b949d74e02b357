# fails: known_facts — "One row per neuron"
import torch
from torch import nn


def linear_facts(n_in, n_out):
    return {
        "neurons": n_out,
        "weight_shape": nn.Linear(n_in, n_out).weight.T.shape,
        "bias_shape": (n_out,),
        "n_params": n_out * n_in + n_out,
    }


def output_shape(n_in, n_out, input_shape):
    if not input_shape or input_shape[-1] != n_in:
        return None
    return (*input_shape[:-1], n_out)

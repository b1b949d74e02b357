# fails: random_facts — "Bias is a vector"
import torch
from torch import nn


def linear_facts(n_in, n_out):
    layer = nn.Linear(n_in, n_out)
    return {
        "neurons": layer.out_features,
        "weight_shape": layer.weight.shape,
        "bias_shape": layer.bias.squeeze().shape,
        "n_params": sum(p.numel() for p in layer.parameters()),
    }


def output_shape(n_in, n_out, input_shape):
    if not input_shape or input_shape[-1] != n_in:
        return None
    return (*input_shape[:-1], n_out)

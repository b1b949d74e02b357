import torch
from torch import nn


def linear_facts(n_in, n_out):
    layer = nn.Linear(n_in, n_out)
    return dict(
        neurons=layer.out_features,
        weight_shape=layer.weight.shape,
        bias_shape=layer.bias.shape,
        n_params=sum(p.numel() for p in layer.parameters()),
    )


def output_shape(n_in, n_out, input_shape):
    try:
        return nn.Linear(n_in, n_out)(torch.zeros(input_shape)).shape
    except RuntimeError:
        return None

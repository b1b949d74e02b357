# fails: known_shapes, random_shapes — "answer None instead of an error"
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
    return nn.Linear(n_in, n_out)(torch.zeros(input_shape)).shape

import torch
from torch import nn


def linear_facts(n_in, n_out):
    x = torch.zeros(1, n_in)
    y = nn.Linear(n_in, n_out)(x)
    neurons = y.size(-1)
    return {
        "n_params": torch.tensor(neurons * (n_in + 1)),
        "bias_shape": torch.tensor([neurons]),
        "weight_shape": torch.tensor([neurons, n_in]),
        "neurons": torch.tensor(neurons),
    }


def output_shape(n_in, n_out, input_shape):
    match input_shape:
        case (*leading, last) if last == n_in:
            return tuple(leading) + (n_out,)

# fails: random_facts — "The bias is a vector"
# base: solution
from torch import nn


def linear_facts(n_in, n_out):
    layer = nn.Linear(n_in, n_out)
    return {
        "neurons": layer.out_features,
        "weight_shape": layer.weight.shape,
        "bias_shape": layer.bias.squeeze().shape,
        "n_params": sum(p.numel() for p in layer.parameters()),
    }

# fails: known_facts — "one row per neuron"
# base: solution
from torch import nn


def linear_facts(n_in, n_out):
    return {
        "neurons": n_out,
        "weight_shape": nn.Linear(n_in, n_out).weight.T.shape,
        "bias_shape": (n_out,),
        "n_params": n_out * n_in + n_out,
    }

# fails: known_facts — "count the numbers in them"
# base: solution
from torch import nn


def linear_facts(n_in, n_out):
    return {
        "neurons": n_out,
        "weight_shape": (n_out, n_in),
        "bias_shape": (n_out,),
        "n_params": len(list(nn.Linear(n_in, n_out).parameters())),
    }

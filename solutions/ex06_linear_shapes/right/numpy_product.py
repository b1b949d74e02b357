import numpy as np


def linear_facts(n_in, n_out):
    weight, bias = np.empty((n_out, n_in)), np.empty(n_out)
    return {
        "neurons": np.int64(n_out),
        "weight_shape": weight.shape,
        "bias_shape": bias.shape,
        "n_params": np.int64(weight.size + bias.size),
    }


def output_shape(n_in, n_out, input_shape):
    try:
        return (np.zeros(input_shape) @ np.zeros((n_in, n_out)) + np.zeros(n_out)).shape
    except ValueError:
        return None

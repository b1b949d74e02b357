def linear_facts(n_in, n_out):
    weight, bias = [n_out, n_in], [n_out]
    return {
        "n_in": n_in,
        "n_out": n_out,
        "neurons": n_out,
        "weight_shape": weight,
        "bias_shape": bias,
        "n_weights": n_out * n_in,
        "n_params": float(n_out * n_in + n_out),
    }


def output_shape(n_in, n_out, input_shape):
    shape = list(input_shape)
    if shape and shape.pop() == n_in:
        return [*shape, n_out]

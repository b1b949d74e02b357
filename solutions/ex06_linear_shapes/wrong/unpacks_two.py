# fails: known_shapes, random_shapes — "any number of dimensions"
def linear_facts(n_in, n_out):
    return {
        "neurons": n_out,
        "weight_shape": (n_out, n_in),
        "bias_shape": (n_out,),
        "n_params": n_out * n_in + n_out,
    }


def output_shape(n_in, n_out, input_shape):
    batch, features = input_shape
    return (batch, n_out) if features == n_in else None

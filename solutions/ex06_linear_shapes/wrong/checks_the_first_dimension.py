# fails: known_shapes, random_shapes — "output_shape(100, 200, (32, 100))"
def linear_facts(n_in, n_out):
    return {
        "neurons": n_out,
        "weight_shape": (n_out, n_in),
        "bias_shape": (n_out,),
        "n_params": n_out * n_in + n_out,
    }


def output_shape(n_in, n_out, input_shape):
    if not input_shape or input_shape[0] != n_in:
        return None
    return (n_out, *input_shape[1:])

# fails: known_shapes, random_shapes — "Only the *last* dimension"
def linear_facts(n_in, n_out):
    return {
        "neurons": n_out,
        "weight_shape": (n_out, n_in),
        "bias_shape": (n_out,),
        "n_params": n_out * n_in + n_out,
    }


def output_shape(n_in, n_out, input_shape):
    if not input_shape or n_in not in (input_shape[0], input_shape[-1]):
        return None
    return input_shape[:-1] + (n_out,)

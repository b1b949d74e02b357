# fails: known_shapes, random_shapes — "PyTorch refuses this input"
def linear_facts(n_in, n_out):
    return {
        "neurons": n_out,
        "weight_shape": (n_out, n_in),
        "bias_shape": (n_out,),
        "n_params": n_out * n_in + n_out,
    }


def output_shape(n_in, n_out, input_shape):
    if not input_shape or input_shape[-1] not in (n_in, n_out):
        return None
    return input_shape[:-1] + (n_out,)

# fails: known_shapes, random_shapes — "answer None instead of an error"
def linear_facts(n_in, n_out):
    return {
        "neurons": n_out,
        "weight_shape": (n_out, n_in),
        "bias_shape": (n_out,),
        "n_params": n_out * n_in + n_out,
    }


def output_shape(n_in, n_out, input_shape):
    assert input_shape and input_shape[-1] == n_in
    return input_shape[:-1] + (n_out,)

# fails: known_facts — "20,000 weights plus 200 biases"
def linear_facts(n_in, n_out):
    return {
        "neurons": n_out,
        "weight_shape": (n_out, n_in),
        "bias_shape": (n_out,),
        "n_params": float(n_out) * n_in + 1,
    }


def output_shape(n_in, n_out, input_shape):
    if not input_shape or input_shape[-1] != n_in:
        return None
    return (*input_shape[:-1], n_out)

def linear_facts(n_in, n_out, bias=True):
    facts = {}
    facts["neurons"] = n_out
    facts["weight_shape"] = n_out, n_in
    facts["bias_shape"] = (n_out,) if bias else None
    facts["n_params"] = (n_in + bias) * n_out
    return facts


def output_shape(n_in, n_out, input_shape):
    try:
        last = input_shape[-1]
    except IndexError:
        return None
    return input_shape[0 : len(input_shape) - 1] + (n_out,) if last == n_in else None

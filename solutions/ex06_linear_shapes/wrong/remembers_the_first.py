# fails: random_facts — "anew in every call"
FACTS = {}


def linear_facts(n_in, n_out):
    FACTS.setdefault("neurons", n_out)
    FACTS.setdefault("weight_shape", (n_out, n_in))
    FACTS.setdefault("bias_shape", (n_out,))
    FACTS.setdefault("n_params", n_out * n_in + n_out)
    return FACTS


def output_shape(n_in, n_out, input_shape):
    if not input_shape or input_shape[-1] != n_in:
        return None
    return (*input_shape[:-1], n_out)

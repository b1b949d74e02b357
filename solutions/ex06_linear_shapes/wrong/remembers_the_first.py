# fails: random_facts — "in every call"
# base: solution
FACTS = {}


def linear_facts(n_in, n_out):
    FACTS.setdefault("neurons", n_out)
    FACTS.setdefault("weight_shape", (n_out, n_in))
    FACTS.setdefault("bias_shape", (n_out,))
    FACTS.setdefault("n_params", n_out * n_in + n_out)
    return FACTS

# fails: known_facts — "one row per neuron"
# base: solution
def linear_facts(n_in, n_out):
    return {
        "neurons": n_out,
        "weight_shape": (n_in, n_out),
        "bias_shape": (n_out,),
        "n_params": n_out * n_in + n_out,
    }

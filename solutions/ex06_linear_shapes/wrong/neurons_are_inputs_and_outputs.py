# fails: known_facts — "one neuron per output"
# base: solution
def linear_facts(n_in, n_out):
    return {
        "neurons": n_in + n_out,
        "weight_shape": (n_out, n_in),
        "bias_shape": (n_out,),
        "n_params": n_out * n_in + n_out,
    }

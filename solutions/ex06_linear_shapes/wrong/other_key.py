# fails: known_facts — "the key 'n_params' is missing"
# base: solution
def linear_facts(n_in, n_out):
    return {
        "neurons": n_out,
        "weight_shape": (n_out, n_in),
        "bias_shape": (n_out,),
        "params": n_out * n_in + n_out,
    }

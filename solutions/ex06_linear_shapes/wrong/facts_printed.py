# fails: known_facts — "return the dict"
# base: solution
def linear_facts(n_in, n_out):
    print({
        "neurons": n_out,
        "weight_shape": (n_out, n_in),
        "bias_shape": (n_out,),
        "n_params": n_out * n_in + n_out,
    })

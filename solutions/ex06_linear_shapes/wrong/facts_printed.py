# fails: known_facts — "hand the dict back"
# base: solution
def linear_facts(n_in, n_out):
    print({
        "neurons": n_out,
        "weight_shape": (n_out, n_in),
        "bias_shape": (n_out,),
        "n_params": n_out * n_in + n_out,
    })

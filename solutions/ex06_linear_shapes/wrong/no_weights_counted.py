# fails: known_facts — "20,000 weights plus 200 biases"
# base: solution
def linear_facts(n_in, n_out):
    return {
        "neurons": n_out,
        "weight_shape": (n_out, n_in),
        "bias_shape": (n_out,),
        "n_params": n_out,
    }

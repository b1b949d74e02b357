# fails: random_shapes — "has no last dimension"
# base: solution
def output_shape(n_in, n_out, input_shape):
    if input_shape and input_shape[-1] != n_in:
        return None
    return input_shape[:-1] + (n_out,)

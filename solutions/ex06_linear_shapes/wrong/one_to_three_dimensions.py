# fails: random_shapes — "number of leading dimensions"
# base: solution
def output_shape(n_in, n_out, input_shape):
    if not 1 <= len(input_shape) <= 3 or input_shape[-1] != n_in:
        return None
    return input_shape[:-1] + (n_out,)

# fails: random_shapes — "An empty batch is a batch, too"
# base: solution
def output_shape(n_in, n_out, input_shape):
    if not all(input_shape) or not input_shape or input_shape[-1] != n_in:
        return None
    return input_shape[:-1] + (n_out,)

# fails: known_shapes, random_shapes — "needs a comma"
# base: solution
def output_shape(n_in, n_out, input_shape):
    if not input_shape or input_shape[-1] != n_in:
        return None
    return input_shape[:-1] + (n_out,) if len(input_shape) > 1 else n_out

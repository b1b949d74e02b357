# fails: known_shapes, random_shapes — "no dimension is added"
# base: solution
def output_shape(n_in, n_out, input_shape):
    if not input_shape or input_shape[-1] != n_in:
        return None
    return input_shape[:-1] + (n_out,) if len(input_shape) > 1 else (1, n_out)

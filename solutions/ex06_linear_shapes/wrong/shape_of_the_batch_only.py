# fails: known_shapes, random_shapes — "The last dimension becomes n_out"
# base: solution
def output_shape(n_in, n_out, input_shape):
    if not input_shape or input_shape[-1] != n_in:
        return None
    return input_shape[:-1]

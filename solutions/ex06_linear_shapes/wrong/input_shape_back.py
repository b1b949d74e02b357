# fails: known_shapes, random_shapes — "The last dimension becomes n_out"
# base: solution
def output_shape(n_in, n_out, input_shape):
    return input_shape if input_shape[-1:] == (n_in,) else None

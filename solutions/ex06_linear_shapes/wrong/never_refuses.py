# fails: known_shapes, random_shapes — "since its last dimension is not n_in"
# base: solution
def output_shape(n_in, n_out, input_shape):
    return input_shape[:-1] + (n_out,)

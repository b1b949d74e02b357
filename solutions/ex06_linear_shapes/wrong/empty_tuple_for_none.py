# fails: known_shapes, random_shapes — "the answer is None"
# base: solution
def output_shape(n_in, n_out, input_shape):
    return input_shape[:-1] + (n_out,) if input_shape[-1:] == (n_in,) else ()

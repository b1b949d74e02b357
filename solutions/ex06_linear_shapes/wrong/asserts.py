# fails: known_shapes, random_shapes — "None instead of raising an error"
# base: solution
def output_shape(n_in, n_out, input_shape):
    assert input_shape and input_shape[-1] == n_in
    return input_shape[:-1] + (n_out,)

# fails: known_shapes, random_shapes — "number of leading dimensions"
# base: solution
def output_shape(n_in, n_out, input_shape):
    if len(input_shape) != 2 or input_shape[1] != n_in:
        return None
    return (input_shape[0], n_out)

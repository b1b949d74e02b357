# fails: known_shapes, random_shapes — "Only the *last* dimension"
# base: solution
def output_shape(n_in, n_out, input_shape):
    if n_in not in input_shape:
        return None
    return input_shape[:-1] + (n_out,)

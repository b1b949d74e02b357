# fails: known_shapes, random_shapes — "only the *last* dimension"
# base: solution
def output_shape(n_in, n_out, input_shape):
    if not input_shape or input_shape[0] != n_in:
        return None
    return (n_out, *input_shape[1:])

# fails: known_shapes, random_shapes — "Only the *last* dimension"
# base: solution
def output_shape(n_in, n_out, input_shape):
    if not input_shape or n_in not in (input_shape[0], input_shape[-1]):
        return None
    return input_shape[:-1] + (n_out,)

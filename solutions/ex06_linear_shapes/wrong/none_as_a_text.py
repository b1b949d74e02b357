# fails: known_shapes, random_shapes — "when PyTorch refuses the input"
# base: solution
def output_shape(n_in, n_out, input_shape):
    if not input_shape or input_shape[-1] != n_in:
        return "None"
    return input_shape[:-1] + (n_out,)

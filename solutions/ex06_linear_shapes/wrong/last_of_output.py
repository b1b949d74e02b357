# fails: known_shapes, random_shapes — "PyTorch refuses this input"
# base: solution
def output_shape(n_in, n_out, input_shape):
    if not input_shape or input_shape[-1] not in (n_in, n_out):
        return None
    return input_shape[:-1] + (n_out,)

# fails: known_shapes, random_shapes — "None instead of raising an error"
# base: solution
def output_shape(n_in, n_out, input_shape):
    if not input_shape or input_shape[-1] != n_in:
        raise ValueError(f"the last dimension of {input_shape} is not {n_in}")
    return input_shape[:-1] + (n_out,)

# fails: known_shapes, random_shapes — "return the shape?"
# base: solution
def output_shape(n_in, n_out, input_shape):
    if input_shape[-1:] == (n_in,):
        print(input_shape[:-1] + (n_out,))

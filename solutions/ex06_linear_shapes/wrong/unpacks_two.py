# fails: known_shapes, random_shapes — "number of leading dimensions"
# base: solution
def output_shape(n_in, n_out, input_shape):
    batch, features = input_shape
    return (batch, n_out) if features == n_in else None

# fails: known_shapes, random_shapes — "Only the *last* dimension"
# base: solution
import math


def output_shape(n_in, n_out, input_shape):
    if not input_shape or math.prod(input_shape) % n_in:
        return None
    return input_shape[:-1] + (n_out,)

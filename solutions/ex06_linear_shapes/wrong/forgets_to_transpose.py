# fails: known_shapes, random_shapes — "Your code raised RuntimeError"
# base: solution
import torch


def output_shape(n_in, n_out, input_shape):
    if not input_shape or input_shape[-1] != n_in:
        return None
    return (torch.zeros(input_shape) @ torch.zeros(n_out, n_in)).shape

"""Exercise 6: the shapes of nn.Linear(n_in, n_out).

    linear_facts(n_in, n_out)                a dict with four keys:
        "neurons"                            how many neurons the layer has, an int
        "weight_shape"                       the shape of its weight, a tuple
        "bias_shape"                         the shape of its bias, a tuple
        "n_params"                           how many numbers it can learn, an int
    output_shape(n_in, n_out, input_shape)   the shape of its output for an input of this shape, a tuple;
                                             None where PyTorch refuses such an input
"""


def linear_facts(n_in: int, n_out: int) -> dict:
    raise NotImplementedError


def output_shape(n_in: int, n_out: int, input_shape: tuple[int, ...]) -> tuple[int, ...] | None:
    raise NotImplementedError

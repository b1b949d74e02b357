"""Reference solution of exercise 6."""


def linear_facts(n_in: int, n_out: int) -> dict:
    # One row of the weight and one number of the bias for every neuron.
    return {
        "neurons": n_out,
        "weight_shape": (n_out, n_in),
        "bias_shape": (n_out,),
        "n_params": n_out * n_in + n_out,
    }


def output_shape(n_in: int, n_out: int, input_shape: tuple[int, ...]) -> tuple[int, ...] | None:
    # x @ weight.T multiplies along the last dimension; those before it, if any, stay as they are.
    if len(input_shape) == 0 or input_shape[-1] != n_in:
        return None
    return (*input_shape[:-1], n_out)

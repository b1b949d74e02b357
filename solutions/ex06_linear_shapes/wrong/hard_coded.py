# fails: random_facts, random_shapes — "belongs to nn.Linear(100, 200)"
# base: none
def linear_facts(n_in, n_out):
    return {
        "neurons": 200,
        "weight_shape": (200, 100),
        "bias_shape": (200,),
        "n_params": 20200,
    }


def output_shape(n_in, n_out, input_shape):
    return (*input_shape[:-1], 200) if input_shape[-1:] == (100,) else None

import torch
from torch import nn


def linear_facts(n_in, n_out):
    state = nn.Linear(n_in, n_out, device="meta").state_dict()
    facts = {f"{name}_shape": list(tensor.shape) for name, tensor in state.items()}
    return facts | {"neurons": len(state["bias"]), "n_params": torch.nn.utils.parameters_to_vector(state.values()).numel()}


def output_shape(n_in, n_out, input_shape):
    layer = nn.Linear(n_in, n_out, device="meta")
    try:
        return list(layer(torch.empty(*input_shape, device="meta")).shape)
    except Exception:
        return

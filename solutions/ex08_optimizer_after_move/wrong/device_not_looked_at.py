# fails: broken_pairs — "compare the devices, too"
from collections.abc import Callable

import torch
from torch import nn


def build(
    make_model: Callable[[], nn.Module],
    make_optimizer: Callable[..., torch.optim.Optimizer],
    device: str,
    dtype: torch.dtype,
) -> tuple[nn.Module, torch.optim.Optimizer]:
    model = make_model().to(device=device, dtype=dtype)
    # Only now: the move may have replaced the parameters, and some optimizers allocate at once.
    optimizer = make_optimizer(model.parameters())
    return model, optimizer


def untracked(model: nn.Module, optimizer: torch.optim.Optimizer) -> list[str]:
    driven = {id(parameter) for group in optimizer.param_groups for parameter in group["params"]}
    return [
        name
        for name, parameter in model.named_parameters()
        if id(parameter) not in driven or not state_fits(optimizer, parameter)
    ]


def state_fits(optimizer: torch.optim.Optimizer, parameter: nn.Parameter) -> bool:
    kept = [value for value in optimizer.state.get(parameter, {}).values() if isinstance(value, torch.Tensor)]
    return all(
        value.dtype == parameter.dtype
        for value in kept
        if value.shape == parameter.shape
    )

"""Worker side: questions to torch modules and differentiable functions, answered with plain data."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import nn
from torch.nn.parameter import is_lazy


def backward(module: nn.Module, args: list[Any], upstream: Any) -> dict[str, Any]:
    """Forward on fresh leaf copies of `args`, then gradients of sum(output * upstream).

    Returns:
        "output", "inputs" (gradients, in order) and "parameters" (list of (name, gradient)). A tensor that does not
        take part has gradient None.
    """
    inputs = [argument.detach().clone().requires_grad_(argument.is_floating_point()) for argument in args]
    output = module(*inputs)
    parameters = list(module.named_parameters())
    if not (isinstance(output, torch.Tensor) and output.requires_grad):
        return {
            "output": output,
            "inputs": [None] * len(inputs),
            "parameters": [(name, None) for name, _ in parameters],
        }
    targets = [tensor for tensor in (*inputs, *(p for _, p in parameters)) if tensor.requires_grad]
    # Not grad(output, targets, upstream): given an upstream gradient, torch imports sympy (0.3 s a worker).
    loss = output.sum() if upstream is None else (output * upstream).sum()
    gradients = iter(torch.autograd.grad(loss, targets, allow_unused=True))
    found = [next(gradients) if tensor.requires_grad else None for tensor in (*inputs, *(p for _, p in parameters))]
    names = [name for name, _ in parameters]
    return {
        "output": output,
        "inputs": found[: len(inputs)],
        "parameters": list(zip(names, found[len(inputs) :], strict=True)),
    }


def load_by_shape(module: nn.Module, tensors: list[torch.Tensor]) -> dict[str, Any]:
    """Copy each tensor into the one parameter of its shape, whatever the parameter's name.

    Returns:
        "loaded": names in the tensors' order, None where no parameter (or more than one) has that shape; "shapes": the
        shapes of all the module's parameters, by name.
    """
    parameters = dict(module.named_parameters())
    loaded: list[str | None] = []
    for tensor in tensors:
        names = [name for name, parameter in parameters.items() if parameter.shape == tensor.shape]
        if len(names) == 1:
            with torch.no_grad():
                parameters[names[0]].copy_(tensor)
        loaded.append(names[0] if len(names) == 1 else None)
    return {"loaded": loaded, "shapes": {name: list(parameter.shape) for name, parameter in parameters.items()}}


def describe(module: nn.Module) -> dict[str, Any]:
    """What a module consists of.

    Returns:
        "parameters" (name, dtype, requires_grad, shape and value: None while lazy), "state" (keys of the
        state_dict), "modules" (full names of the classes of itself and every submodule), "plain_tensors" ((name,
        shape) of tensor attributes that are no parameters).
    """
    return {
        "parameters": [
            {
                "name": name,
                "shape": None if is_lazy(parameter) else list(parameter.shape),
                "dtype": str(parameter.dtype).removeprefix("torch."),
                "requires_grad": parameter.requires_grad,
                "value": None if is_lazy(parameter) else parameter,
            }
            for name, parameter in module.named_parameters()
        ],
        "state": list(module.state_dict()),
        "modules": [
            [f"{base.__module__}.{base.__qualname__}" for base in type(child).__mro__] for child in module.modules()
        ],
        "plain_tensors": [
            (name, list(value.shape))
            for name, value in vars(module).items()
            if isinstance(value, torch.Tensor) and not isinstance(value, nn.Parameter)
        ],
    }


def differentiate(function: Callable[..., Any], before: list[Any], leaves: list[torch.Tensor]) -> dict[str, Any]:
    """Call `function(*before, *leaves)`, then backward from its result.

    Returns:
        "raised": None, or (stage, exception type names) with stage "forward" or "backward"; "value": the result, or
        None; "gradients": of the leaves, or None each; "connected": whether the result requires grad.
    """
    nothing = [None] * len(leaves)
    try:
        result = function(*before, *leaves)
    except Exception as error:
        return {"raised": ("forward", _names(error)), "value": None, "gradients": nothing, "connected": False}
    if not (isinstance(result, torch.Tensor) and result.requires_grad):
        return {"raised": None, "value": result, "gradients": nothing, "connected": False}
    value = result.detach().clone()
    try:
        result.sum().backward()  # type: ignore[no-untyped-call]
    except Exception as error:
        return {"raised": ("backward", _names(error)), "value": value, "gradients": nothing, "connected": True}
    return {"raised": None, "value": value, "gradients": [leaf.grad for leaf in leaves], "connected": True}


def _names(error: BaseException) -> list[str]:
    return [base.__name__ for base in type(error).__mro__]

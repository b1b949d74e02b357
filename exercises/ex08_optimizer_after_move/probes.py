"""Runs in the worker, beside the student's code: makers of models and optimizers, and what became of them.

What it says can be forged; the steps that it takes are recomputed on the other side.
"""

from __future__ import annotations

import itertools
from typing import Any, TypedDict

import torch
from torch import nn

from grader import apparatus


class ModelMaker:
    """make_model: a Sequential in a known state, on the CPU unless a context says otherwise."""

    def __init__(self, layers: list[Any], state: dict[str, torch.Tensor]) -> None:
        self.layers, self.state = layers, {name: value.cpu() for name, value in state.items()}

    def __call__(self) -> nn.Module:
        made = nn.Sequential(*(getattr(nn, name)(*arguments) for name, *arguments in self.layers)).float()
        made.load_state_dict(self.state)
        return made


class OptimizerMaker:
    """make_optimizer: an optimizer of torch.optim with fixed options."""

    def __init__(self, name: str, options: dict[str, Any]) -> None:
        self.name, self.options = name, options

    def __call__(self, parameters: Any) -> torch.optim.Optimizer:
        made: torch.optim.Optimizer = getattr(torch.optim, self.name)(parameters, **self.options)
        return made


def model_maker(layers: list[Any], state: dict[str, torch.Tensor]) -> ModelMaker:
    return ModelMaker(layers, state)


def optimizer_maker(name: str, options: dict[str, Any]) -> OptimizerMaker:
    return OptimizerMaker(name, options)


def dtype(name: str) -> torch.dtype:
    found: torch.dtype = getattr(torch, name)
    return found


class Anatomy(TypedDict):
    """Whether it is a pair; where the model's parameters are; whose the optimizer has; whether its state fits them."""

    pair: bool
    swapped: bool
    devices: list[str]
    dtypes: list[str]
    same: bool
    driven: str
    fits: bool


def anatomy(pair: Any) -> Anatomy:
    """What build() gave: whether it is a pair, where the model is, whether the optimizer has just its parameters."""
    found: Anatomy = {
        "pair": False, "swapped": False, "devices": [], "dtypes": [], "same": False, "driven": "", "fits": False,
    }  # fmt: skip
    if not (isinstance(pair, tuple | list) and len(pair) == 2):
        return found
    model, optimizer = pair
    if not (isinstance(model, nn.Module) and isinstance(optimizer, torch.optim.Optimizer)):
        return {**found, "swapped": isinstance(optimizer, nn.Module)}
    own = list(model.parameters())
    driven = [parameter for group in optimizer.param_groups for parameter in group["params"]]
    kept = [
        (value, parameter)
        for parameter, state in optimizer.state.items()
        for value in state.values()
        if isinstance(value, torch.Tensor) and value.shape == parameter.shape
    ]
    return {
        "pair": True,
        "swapped": False,
        "devices": sorted({parameter.device.type for parameter in own}),
        "dtypes": sorted({str(parameter.dtype).removeprefix("torch.") for parameter in own}),
        "same": {id(parameter) for parameter in own} == {id(parameter) for parameter in driven},
        "driven": _whose(own, driven),
        "fits": all((value.dtype, value.device) == (parameter.dtype, parameter.device) for value, parameter in kept),
    }


def _whose(own: list[nn.Parameter], driven: list[nn.Parameter]) -> str:
    """Which parameters the optimizer has: "all" of the model's, "some", those "not moved", or "others"."""
    shared = {id(parameter) for parameter in own} & {id(parameter) for parameter in driven}
    if shared:
        return "all" if len(shared) == len(own) else "some"
    places = [{(parameter.device.type, parameter.dtype) for parameter in parameters} for parameters in (own, driven)]
    return "others" if places[0] & places[1] else "not moved"


def train_steps(pair: Any, batches: list[tuple[torch.Tensor, torch.Tensor]]) -> dict[str, torch.Tensor]:
    """One step of the optimizer for every batch; the model's state in the end."""
    model, optimizer = pair
    criterion = nn.MSELoss()
    for X, y in batches:
        optimizer.zero_grad()
        criterion(model(X), y).backward()
        optimizer.step()
    return apparatus.state_of(model)


def suspect(sizes: list[int], name: str, options: dict[str, Any], broken: list[str], how: str) -> tuple[Any, Any]:
    """A model and its optimizer, with something done to the parameters named in `broken`."""
    model = nn.Sequential(*(nn.Linear(n_in, n_out) for n_in, n_out in itertools.pairwise(sizes))).float()
    make = getattr(torch.optim, name)
    if how == "left out":
        return model, make([p for own, p in model.named_parameters() if own not in broken], **options)
    parameters = list(model.parameters())
    groups = [{"params": parameters[:1]}, {"params": parameters[1:]}]
    optimizer = make(groups if how == "healthy, in groups" else parameters, **options)
    if how == "healthy, after a step in float64":
        model.double()
        model(torch.ones(2, sizes[0], dtype=torch.float64)).sum().backward()
        optimizer.step()
    if how == "healthy, with plain numbers":
        for parameter in parameters:
            optimizer.state[parameter]["step"] = 3
    if how == "moved to meta":
        model.to("meta")
    for path in broken if how in ("replaced", "other dtype", "other device") else ():
        layer, own = path.split(".")
        module = model[int(layer)]
        parameter = getattr(module, own)
        if how == "replaced":
            setattr(module, own, nn.Parameter(parameter.detach().clone()))
        elif how == "other dtype":
            parameter.data = parameter.data.double()
        else:
            # As after a move of the parameters alone; meta is the device that every machine has.
            kept = optimizer.state[parameter]
            kept.update({name: value.to("meta") for name, value in kept.items() if value.shape == parameter.shape})
    return model, optimizer


def first(pair: Any) -> Any:
    return pair[0]


def second(pair: Any) -> Any:
    return pair[1]

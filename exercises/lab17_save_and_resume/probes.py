"""Runs in the worker, beside the student's code: runs that are saved, what makes models anew, and what files hold."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import safetensors.torch
import torch
from torch import nn
from torch.serialization import get_unsafe_globals_in_checkpoint

from grader import apparatus

MARK = "code-has-run"


def layers_of(n_inputs: int, n_hidden: list[int], n_outputs: int, activation: str, norm: bool) -> list[list[Any]]:
    """The layers of the network with these hyperparameters; the trusted side builds the same."""
    layers: list[list[Any]] = []
    for n_in, n_out in zip([n_inputs, *n_hidden], n_hidden, strict=False):
        layers += [["Linear", n_in, n_out], *([["BatchNorm1d", n_out]] if norm else []), [activation]]
    return [*layers, ["Linear", n_hidden[-1], n_outputs]]


def model_maker(one_layer_more: bool = False) -> Callable[..., nn.Module]:
    """What the student's code builds models with."""

    def make_model(n_inputs: int, n_hidden: list[int], n_outputs: int, activation: str, norm: bool) -> nn.Module:
        model = apparatus.sequential(layers_of(n_inputs, n_hidden, n_outputs, activation, norm))
        if one_layer_more:
            model.append(nn.Linear(n_outputs, n_outputs))
        return model

    return make_model


def optimizer_maker(name: str, options: dict[str, Any]) -> Callable[..., torch.optim.Optimizer]:
    """What the student's code makes optimizers with."""

    def make_optimizer(parameters: Iterable[nn.Parameter]) -> torch.optim.Optimizer:
        made: torch.optim.Optimizer = getattr(torch.optim, name)(parameters, **options)
        return made

    return make_optimizer


class _Epochs:
    """Trains for one epoch when called, and notes in which order."""

    def __init__(self, X: torch.Tensor, y: torch.Tensor, batch_size: int) -> None:
        self.X, self.y, self.batch_size = X.cpu(), y.cpu(), batch_size
        self.orders: list[list[int]] = []

    def __call__(self, model: nn.Module, optimizer: torch.optim.Optimizer, generator: torch.Generator | None) -> float:
        order = torch.randperm(len(self.X), generator=generator)
        self.orders.append(order.tolist())
        total = 0.0
        for rows in order.split(self.batch_size):
            loss = nn.functional.mse_loss(model(self.X[rows]), self.y[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(rows)
        return total / len(self.X)


def epochs_on(X: torch.Tensor, y: torch.Tensor, batch_size: int) -> _Epochs:
    """The train_epoch() that the student's code is given."""
    return _Epochs(X, y, batch_size)


def orders_of(train_epoch: _Epochs) -> list[list[int]]:
    """The orders of the epochs that it has trained for."""
    return train_epoch.orders


def generator_of(seed: int) -> torch.Generator:
    """A generator with this seed."""
    return torch.Generator().manual_seed(seed)


def trained(train_epoch: _Epochs, model: nn.Module, optimizer: Any, generator: Any, epochs: int) -> list[float]:
    """Train for so many epochs; the losses."""
    model.train()
    return [train_epoch(model, optimizer, generator) for _ in range(epochs)]


def outputs(model: nn.Module, X: torch.Tensor) -> torch.Tensor:
    """What a model gives for these inputs, in the mode in which it is."""
    with torch.no_grad():
        return model(X.cpu())


def content(thing: Any) -> Any:
    """The object itself: what a student's function returned earlier, as it is now."""
    return thing


def trapped(hyperparameters: dict[str, Any]) -> dict[str, Any]:
    """Hyperparameters with an object that runs code when it is unpickled, which leaves a mark."""
    return {**hyperparameters, "note": _Trap()}


class _Trap:
    def __reduce__(self) -> tuple[Any, ...]:
        # Not touch(): without namespaces a file's times cannot be set, and touch() stops there.
        return exec, (f"import pathlib, tempfile; pathlib.Path(tempfile.gettempdir(), {MARK!r}).write_bytes(b'')",)


def remove_mark() -> None:
    """Forget what such code has left."""
    Path(tempfile.gettempdir(), MARK).unlink(missing_ok=True)


def has_mark() -> bool:
    """Whether such code has run in this worker."""
    return Path(tempfile.gettempdir(), MARK).exists()


def objects_in(path: str) -> list[str] | None:
    """Names of what a file holds beside data, as torch says; [] if data is all; None if torch cannot open it."""
    data = Path(path).read_bytes()
    if _is_plain(data):
        return []
    try:
        torch.load(io.BytesIO(data), weights_only=True, map_location="cpu")  # noqa: TID251 - in the jail
    except Exception:
        try:
            return sorted(get_unsafe_globals_in_checkpoint(io.BytesIO(data))) or None
        except Exception:
            return None
    return []


def _is_plain(data: bytes) -> bool:
    """Whether this is JSON, a safetensors file, or a zip of such files."""
    for read in (json.loads, safetensors.torch.load):
        try:
            read(data)
            return True
        except Exception:
            continue
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return all(_is_plain(archive.read(name)) for name in archive.namelist())
    except zipfile.BadZipFile:
        return False

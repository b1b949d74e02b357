"""Runs in the worker, beside the student's code: functions, arrays, pretended machines. What it says can be forged."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any
from unittest import mock

import numpy as np
import torch


def sum_of_cubes() -> Callable[[Any], torch.Tensor]:
    """A function of one vector: the sum of its components' cubes."""
    return lambda x: (_vector(x) ** 3).sum()


def of_vector(f: Callable[..., torch.Tensor]) -> Callable[[Any], torch.Tensor]:
    """A function of n scalars as a function of one vector of n components."""
    return lambda x: f(*_vector(x))


def _vector(x: Any) -> torch.Tensor:
    if not (isinstance(x, torch.Tensor) and x.dim() == 1):
        raise TypeError("f takes one tensor with one dimension")
    return x


def array(values: np.ndarray[Any, Any], layout: str) -> np.ndarray[Any, Any]:
    """A writable array of these values: as it is ("whole"), or a part of a larger or turned one."""
    base = np.array(values)
    return {"whole": base, "column": base[:, 1], "transposed": base.T}[layout]


def write(where: Any, values: np.ndarray[Any, Any]) -> None:
    """Overwrite an array, or a tensor, with values of its shape."""
    if isinstance(where, torch.Tensor):
        with torch.no_grad():
            where.copy_(torch.from_numpy(values))
    else:
        where[...] = values


def read(thing: Any) -> Any:
    """The values of an array or tensor that is kept here."""
    return thing


def available_here() -> str:
    """The first of cuda, mps and cpu that this machine's torch can use."""
    return "cuda" if torch.cuda.is_available() else "mps" if torch.backends.mps.is_available() else "cpu"


def ask_on_machine(function: Callable[[], Any], accelerator: str | None, built_for: str) -> Any:
    """What a function answers while torch says that this machine has that accelerator (or none).

    Args:
        function: the student's best_device.
        accelerator: "cuda", "mps" or None.
        built_for: the kind of accelerator that torch says it was built for, which may be absent.
    """
    with pretended(getattr(function, "__globals__", {}), accelerator, built_for):
        return function()


@contextlib.contextmanager
def pretended(names: dict[str, Any], accelerator: str | None, built_for: str) -> Iterator[None]:
    """torch's answers about devices replaced, in its modules and where the submission imported them by name."""

    def current_accelerator(check_available: bool = False) -> torch.device | None:
        return torch.device(built_for) if accelerator or not check_available else None

    answers: list[tuple[Any, str, Callable[..., Any]]] = [
        (torch.accelerator, "current_accelerator", current_accelerator),
        (torch.accelerator, "is_available", lambda: accelerator is not None),
        (torch.accelerator, "device_count", lambda: int(accelerator is not None)),
    ]
    for kind, owner, backend in (("cuda", torch.cuda, torch.backends.cuda), ("mps", torch.mps, torch.backends.mps)):
        there = accelerator == kind
        answers += [(owner, "device_count", lambda there=there: int(there))]
        answers += [(place, "is_available", lambda there=there: there) for place in (owner, backend)]
        answers += [(backend, "is_built", lambda kind=kind: kind == built_for)]
    with contextlib.ExitStack() as stack:
        for owner, name, answer in answers:
            if (original := getattr(owner, name, None)) is None:
                continue  # not every torch has all of them
            stack.enter_context(mock.patch.object(owner, name, answer))
            for own, value in list(names.items()):
                if value is original:
                    stack.enter_context(mock.patch.dict(names, {own: answer}))
        yield

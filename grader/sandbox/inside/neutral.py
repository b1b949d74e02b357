"""Torch's global settings: what a submission has left of them when it was loaded is its own, not our helpers'.

A file may make float64 torch's default, or another device, for all that it does itself. What the checks' helpers build
is built as in a fresh torch. A setting that changes later is what a function of the student's has done: that one stays,
so that a helper can see it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
from torch.utils import _device


@dataclass(frozen=True)
class Settings:
    """The settings that tensors are made, computed and printed by.

    Attributes:
        dtype: of new tensors of floating point.
        device: of new tensors; None if nobody has said one.
        deterministic: whether only deterministic algorithms are used, and whether others are warned of only.
        printing: how tensors are printed.
    """

    dtype: torch.dtype
    device: torch.device | None
    deterministic: tuple[bool, bool]
    printing: tuple[tuple[str, Any], ...]


def now() -> Settings:
    """The settings as they are."""
    device = _device.CURRENT_DEVICE
    return Settings(
        torch.get_default_dtype(),
        None if device is None else torch.device(device),
        (torch.are_deterministic_algorithms_enabled(), torch.is_deterministic_algorithms_warn_only_enabled()),
        tuple(sorted(vars(torch._tensor_str.PRINT_OPTS).items())),
    )


def put(wanted: Settings) -> None:
    """Make the settings these."""
    torch.set_default_dtype(wanted.dtype)
    torch.set_default_device(wanted.device)
    # torch.use_deterministic_algorithms imports the compiler first: half a second.
    torch._C._set_deterministic_algorithms(wanted.deterministic[0], warn_only=wanted.deterministic[1])
    vars(torch._tensor_str.PRINT_OPTS).update(wanted.printing)


FRESH = now()
"""Those of a torch that nobody has set anything in: this module is imported before any student code runs."""


def gradients_on() -> None:
    """Gradients are recorded, as in a fresh torch; the setting is the thread's."""
    torch.set_grad_enabled(True)


@contextmanager
def as_fresh(left: Settings) -> Iterator[None]:
    """Fresh settings inside, as long as they are still what the submission has left when it was loaded."""
    if left == FRESH or now() != left:
        yield
        return
    put(FRESH)
    try:
        yield
    finally:
        put(left)

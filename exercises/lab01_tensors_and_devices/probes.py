"""Runs in the worker, beside the student's code: tensors that stay there, and a device that is simulated."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import torch

VIEWS: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
    "base": lambda base: base,
    "base[1:4]": lambda base: base[1:4],
    "base[:, 1:4]": lambda base: base[:, 1:4],
    "base[::2]": lambda base: base[::2],
    "base.T": lambda base: base.T,
}


def tensor(values: torch.Tensor) -> torch.Tensor:
    """A tensor of these values that stays here."""
    return values.clone()


def array(values: torch.Tensor) -> np.ndarray[Any, Any]:
    """A NumPy array of these values that stays here."""
    return values.clone().numpy()


def seen(base: torch.Tensor, how: str) -> torch.Tensor:
    """A view of a tensor."""
    return VIEWS[how](base)


def read(thing: Any) -> Any:
    """The values of what is kept here."""
    return thing


def spoil(values: np.ndarray[Any, Any]) -> None:
    """Write over an array."""
    values[...] = -1


class Device:
    """A device that does its work one piece after the other, while the host's clock goes on. Times in seconds.

    Args:
        launch: what handing over a piece of work takes the host.
        cost: what a piece of work takes the device.
        first: what the first piece takes beyond that.
        start: where the clock stands.
    """

    def __init__(self, launch: float, cost: float, first: float, start: float) -> None:
        self._launch, self._cost, self._extra = launch, cost, first
        self._now = self._done = start

    def f(self) -> None:
        """Hand over a piece of work."""
        self._now += self._launch
        self._done = max(self._done, self._now) + self._cost + self._extra
        self._extra = 0.0

    def synchronize(self) -> None:
        """Wait for the device."""
        self._now = max(self._now, self._done)

    def clock(self) -> float:
        """The host's time."""
        return self._now


def part(device: Device, name: str) -> Any:
    """One of the functions of a device."""
    return getattr(device, name)

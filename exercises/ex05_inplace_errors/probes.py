"""Runs in the worker, beside the student's code: a snippet without autograd. What it says can be forged."""

from __future__ import annotations

from collections.abc import Callable

import torch


def without_autograd(snippet: Callable[[torch.Tensor], torch.Tensor], numbers: list[float]) -> list[torch.Tensor]:
    """What a snippet gives for each leaf t while autograd is off, so that even a leaf may be changed in place."""
    leaves = [torch.tensor(number, requires_grad=True) for number in numbers]
    with torch.no_grad():
        return [snippet(t) for t in leaves]

"""Runs in the worker, beside the student's code: a snippet without autograd. What it says can be forged."""

from __future__ import annotations

from collections.abc import Callable

import torch


def without_autograd(snippet: Callable[[torch.Tensor], torch.Tensor], u: float) -> torch.Tensor:
    """What a snippet gives for a leaf t = u while autograd is off, so that even a leaf may be changed in place."""
    t = torch.tensor(u, requires_grad=True)
    with torch.no_grad():
        return snippet(t)

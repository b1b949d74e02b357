"""Runs in the worker, beside the student's code: a tensor that stays, and what becomes of it. Can be forged."""

from __future__ import annotations

import torch


def owned(values: torch.Tensor) -> torch.Tensor:
    """A tensor that the caller of the student's function keeps."""
    return values.clone()


def as_it_is(tensor: torch.Tensor) -> torch.Tensor:
    """Its values now."""
    return tensor.detach().clone()

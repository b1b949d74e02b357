"""Runs in the worker, beside the student's code: tensors and views of them. What it says can be forged."""

from __future__ import annotations

from typing import Any

import torch

SEEN = {
    "base": lambda base: base,
    "base[:, 1]": lambda base: base[:, 1],
    "base[:, 1:3]": lambda base: base[:, 1:3],
    "base[::2]": lambda base: base[::2],
    "base[1]": lambda base: base[1],
    "base[1:]": lambda base: base[1:],
    "base[:2]": lambda base: base[:2],
    "base[2:]": lambda base: base[2:],
    "base[:, 0]": lambda base: base[:, 0],
    "base.T": lambda base: base.T,
    "base.detach()": lambda base: base.detach(),
    "base.view(-1)": lambda base: base.view(-1),
    "base.view(torch.int32)": lambda base: base.view(torch.int32),
    "base.clone()": lambda base: base.clone(),
    "base.half()": lambda base: base.half(),
    "base.T.contiguous()": lambda base: base.T.contiguous(),
    "base.T.reshape(-1)": lambda base: base.T.reshape(-1),
    "torch.relu(base)": lambda base: torch.relu(base),
}


def tensor(values: torch.Tensor) -> torch.Tensor:
    """A tensor of these values that stays here."""
    return values.clone()


def seen(base: torch.Tensor, how: str) -> torch.Tensor:
    """A view or copy of a tensor."""
    return SEEN[how](base)


def read(thing: Any) -> Any:
    """The values of a tensor that is kept here."""
    return thing


def same_object(one: Any, other: Any) -> bool:
    """Whether both are one object."""
    return one is other

"""Runs in the worker, beside the student's code: a model that notes what autograd records. It can be forged."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn

from grader import apparatus


class Watched(nn.Sequential):
    """Layers that note, whenever they have run, whether autograd has kept the graph of their output."""

    def __init__(self, layers: Any) -> None:
        super().__init__(*layers)
        self.tracked: list[bool] = []

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        output: torch.Tensor = super().forward(x)
        self.tracked.append(output.requires_grad)
        return output


def watched_model(plan: Any, state: dict[str, torch.Tensor], device: str) -> nn.Module:
    """Such a model in a known state, in train mode."""
    return Watched(apparatus.model(plan, state, True, device)).train()


def tracked(model: Watched) -> bool:
    """Whether some output was recorded."""
    return any(model.tracked)

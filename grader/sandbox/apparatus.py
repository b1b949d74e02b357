"""What training is tried on: models, optimizers, losses and batches, built from plain data, alike on both sides.

The worker builds them for the student's code; the trusted side builds its own for the replay in
`grader/checks/training_loops.py`.
Checks call these by name: `student.make("model", layers, state)`. torch is imported late, for the trusted side's sake.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch
    from torch import nn


class Batches(list[Any]):
    """A list of (X, y) pairs as a loader gives them; a list, so that it can be gone through again."""

    def __repr__(self) -> str:
        return f"{len(self)} batches"


def model(layers: Iterable[Sequence[Any]], state: Mapping[str, Any], training: bool = True, device: str = "cpu") -> Any:
    """An nn.Sequential in a given state.

    Args:
        layers: for each layer its class in torch.nn and the arguments, as in ["Linear", 3, 4].
        state: what `load_state_dict` takes; tensors or NumPy arrays.
        training: whether it is in train mode.
        device: where it is to be.
    """
    import torch
    from torch import nn

    made = nn.Sequential(*(getattr(nn, name)(*arguments) for name, *arguments in layers))
    made.load_state_dict({name: torch.as_tensor(value) for name, value in state.items()})
    return made.to(device).train(training)


def optimizer(of: nn.Module, name: str, options: Mapping[str, Any]) -> torch.optim.Optimizer:
    """An optimizer of torch.optim over all parameters of a model."""
    import torch

    made: torch.optim.Optimizer = getattr(torch.optim, name)(of.parameters(), **options)
    return made


def criterion(name: str) -> nn.Module:
    """A loss of torch.nn."""
    from torch import nn

    made: nn.Module = getattr(nn, name)()
    return made


def batches(pairs: Iterable[tuple[Any, Any]], device: str = "cpu") -> Batches:
    """A list of (X, y), on the CPU unless said otherwise: there loaders leave them."""
    import torch

    return Batches((torch.as_tensor(X).to(device), torch.as_tensor(y).to(device)) for X, y in pairs)


def state_of(of: nn.Module) -> dict[str, torch.Tensor]:
    """A model's parameters and buffers by name, copied."""
    return {name: value.detach().clone() for name, value in of.state_dict().items()}

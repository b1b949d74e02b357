"""What training is tried on: models, optimizers, losses and batches, built from plain data, alike on both sides.

The worker builds them for the student's code; the trusted side builds its own for the replay in
`grader/checks/training_loops.py`.
Checks call these by name: `student.make("model", layers, state)`. torch is imported late, for the trusted side's sake.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch
    from torch import nn


class Batches(list[Any]):
    """A list of batches as a loader gives them; a list, so that it can be gone through again.

    It has what students know of a DataLoader: its dataset, with a length and with rows, and its batch_size.
    """

    @property
    def dataset(self) -> list[tuple[Any, ...]]:
        """All rows, in order."""
        return [tuple(_row(part, i) for part in batch) for batch in self for i in range(len(batch[-1]))]

    @property
    def batch_size(self) -> int:
        """Rows of the largest batch."""
        return max(len(batch[-1]) for batch in self)

    def __repr__(self) -> str:
        return f"{len(self)} batches"


def _row(part: Any, i: int) -> Any:
    """Row i of a tensor, or of a dict of tensors."""
    return {name: tensor[i] for name, tensor in part.items()} if isinstance(part, Mapping) else part[i]


def model(
    plan: Any, state: Mapping[str, Any], training: bool = True, device: str = "cpu", builder: str = "sequential"
) -> Any:
    """A model in a given state.

    Args:
        plan: what the builder builds; see BUILDERS.
        state: what `load_state_dict` takes; tensors or NumPy arrays.
        training: whether it is in train mode.
        device: where it is to be.
        builder: its name in BUILDERS.
    """
    import torch

    tensors = {name: torch.as_tensor(value) for name, value in state.items()}
    # The state's dtype, whatever a submission has made torch's default.
    floating = {value.dtype for value in tensors.values() if value.is_floating_point()}
    made = BUILDERS[builder](plan).to(dtype=floating.pop() if len(floating) == 1 else None)
    made.load_state_dict(tensors)
    return made.to(device).train(training)


def sequential(layers: Iterable[Sequence[Any]]) -> nn.Sequential:
    """An nn.Sequential. `layers`: for each its class in torch.nn and the arguments, as in ["Linear", 3, 4]."""
    from torch import nn

    return nn.Sequential(*(getattr(nn, name)(*arguments) for name, *arguments in layers))


def branched(plan: Mapping[str, Any]) -> nn.Module:
    """A model of several inputs, each of which goes its own way until all are put side by side.

    Args:
        plan: "inputs": list of [name, layers], with layers as `sequential` takes them, [] for an input that goes
            straight on; "output": the layers from all of them, side by side in this order, to the output; "auxiliary"
            (may be missing): [name, layers] of a second output from one input's way alone.

    Returns:
        A module whose forward takes the inputs in this order or by these names, each (n, …), and returns the output, or
        the pair of output and auxiliary output. Its state_dict has `ways.<place>.…`, `output.…` and `auxiliary.…`.
    """
    import torch
    from torch import nn

    names = [name for name, _ in plan["inputs"]]
    auxiliary = plan.get("auxiliary")

    class Branched(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.ways = nn.ModuleList(sequential(layers) for _, layers in plan["inputs"])
            self.output = sequential(plan["output"])
            if auxiliary:
                self.auxiliary = sequential(auxiliary[1])

        def forward(self, *inputs: torch.Tensor, **named: torch.Tensor) -> Any:
            if len(inputs) + len(named) != len(names) or set(named) - set(names[len(inputs) :]):
                raise TypeError(f"forward() takes {', '.join(names)}, each once")
            inputs = (*inputs, *(named[name] for name in names[len(inputs) :]))
            ends = [way(x) for way, x in zip(self.ways, inputs, strict=True)]
            main = self.output(torch.cat(ends, dim=1))
            return (main, self.auxiliary(ends[names.index(auxiliary[0])])) if auxiliary else main

    return Branched()


BUILDERS: dict[str, Callable[[Any], Any]] = {"sequential": sequential, "branched": branched}
"""Name → how to build a model from a plan of plain data; both sides of the wall know these."""


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


def batches(items: Iterable[Sequence[Any]], device: str = "cpu") -> Batches:
    """A list of batches, as a loader gives them: each a tuple of tensors, or of dicts of tensors.

    They are on the CPU unless said otherwise: there loaders leave them.
    """
    import torch

    def moved(thing: Any) -> Any:
        if isinstance(thing, Mapping):
            return {name: moved(value) for name, value in thing.items()}
        return torch.as_tensor(thing).to(device)

    return Batches(tuple(moved(part) for part in item) for item in items)


def state_of(of: nn.Module) -> dict[str, torch.Tensor]:
    """A model's parameters and buffers by name, copied."""
    return {name: value.detach().clone() for name, value in of.state_dict().items()}

"""Runs in the worker, beside the student's code: a dataset, what a loader is and gives, and copies to absent devices.

What is said about options and copies can be forged; the rows that a loader gives are recomputed on the other side.
"""

from __future__ import annotations

import copy
import itertools
import warnings
from collections.abc import Callable
from typing import Any

import torch
from torch.overrides import TorchFunctionMode
from torch.utils.data import DataLoader, TensorDataset

# Whether this machine has the cores and the device of the question is not the student's affair.
warnings.filterwarnings("ignore", category=UserWarning, module=r"torch\.utils\.data")

MOST_BATCHES = 1_000
"""After so many an epoch is taken to be endless."""
ABSENT = ("cuda", "mps")


def dataset(X: torch.Tensor, y: torch.Tensor) -> TensorDataset:
    return TensorDataset(X.cpu(), y.cpu())


def options(loader: DataLoader[Any]) -> dict[str, bool | int | None]:
    """The loader's options, as they are."""
    names = ("pin_memory", "num_workers", "persistent_workers", "prefetch_factor")
    return {name: getattr(loader, name, None) for name in names}


def epochs(loader: DataLoader[Any], count: int) -> list[list[Any]]:
    """The batches of so many epochs.

    They are made in this process. Which rows a batch has is decided here in any case, by the loader's sampler; and
    workers need sockets and shared memory, which not every level of isolation has.
    """
    twin = copy.copy(loader)
    twin.num_workers, twin.timeout, twin.pin_memory = 0, 0, False
    return [list(itertools.islice(twin, MOST_BATCHES)) for _ in range(count)]


def batch(tensors: list[torch.Tensor], kind: str) -> Any:
    """Tensors as a loader hands them over: on the CPU, in a list or tuple."""
    return (tuple if kind == "tuple" else list)(tensor.cpu() for tensor in tensors)


class Watched:
    """A function that moves tensors, watched while it runs as if a CUDA and an MPS device were there.

    Called, it gives {"given": what the function gave, "moves": for each tensor of that, if it is a list or tuple, the
    pair [device, non_blocking], or None if it was not moved}.
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function = function

    def __call__(self, *arguments: Any) -> dict[str, Any]:
        with _Pretence() as pretence:
            given = self.function(*arguments)
        several = given if isinstance(given, list | tuple) else ()
        return {"given": given, "moves": [pretence.moves.get(id(tensor)) for tensor in several]}


def watched(function: Callable[..., Any]) -> Watched:
    return Watched(function)


class _Pretence(TorchFunctionMode):
    """Makes on the CPU what is to be made on an absent device, and remembers which tensors these are.

    Attributes:
        moves: id of a tensor → [the device that it would be on, whether the copy was non-blocking].
    """

    def __init__(self) -> None:
        super().__init__()
        self.moves: dict[int, list[Any]] = {}
        self._kept: list[Any] = []  # or an id might be used twice

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        kwargs, name = kwargs or {}, getattr(func, "__name__", "")
        everything = (*args, *kwargs.values())
        earlier = next((self.moves[id(thing)] for thing in everything if id(thing) in self.moves), None)
        if name in ("pin_memory", "is_pinned"):
            return args[0] if name == "pin_memory" else True
        if earlier and func == torch.Tensor.device.__get__:  # type: ignore[attr-defined]
            return torch.device(earlier[0])
        kind = "cuda" if name == "cuda" else next(filter(None, map(_absent_kind, everything)), None)
        if func is torch.device or not (kind or earlier):
            return func(*args, **kwargs)
        if name == "cuda":
            result = args[0].clone()
        else:
            result = func(*map(_present, args), **{key: _present(value) for key, value in kwargs.items()})
        if isinstance(result, torch.Tensor):
            if kind and any(result is arg for arg in args):
                result = result.clone()  # on the CPU already, but not where it was to go
            # What is made of a moved tensor is where that tensor is.
            move = earlier if earlier and not kind and name != "copy_" else [kind or earlier[0], _is_free(args, kwargs)]
            self.moves[id(result)] = move
            self._kept.append(result)
        return result


def _is_free(args: Any, kwargs: Any) -> bool:
    """Whether a copy is non-blocking: the first flag of to(), cuda() and copy_(), where it is not named."""
    return bool(kwargs.get("non_blocking", next((arg for arg in args if isinstance(arg, bool)), False)))


def _absent_kind(argument: Any) -> str | None:
    """The kind of device that an argument names, if it is one that may be absent."""
    if not isinstance(argument, str | torch.device):
        return None
    kind = str(argument).split(":")[0]
    return kind if kind in ABSENT else None


def _present(argument: Any) -> Any:
    return torch.device("cpu") if _absent_kind(argument) else argument

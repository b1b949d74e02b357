"""Runs in the worker, beside the student's code: where tensors are while a function makes one. It can be forged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypedDict

import torch
from torch.overrides import TorchFunctionMode

NAMES_KEPT = 6


class Watch(TorchFunctionMode):
    """Looks at the tensors that go into and come out of every torch function.

    Attributes:
        elsewhere: names of the functions that took or gave a tensor that is not on the target device.
        made: all tensors that came out. moved: those on the target device whose numbers came from a tensor on the CPU.
    """

    def __init__(self, target: str) -> None:
        super().__init__()
        self.target = target
        self.elsewhere: list[str] = []
        self.made: list[torch.Tensor] = []
        self.moved: list[torch.Tensor] = []

    def __torch_function__(self, function: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        result = function(*args, **(kwargs or {}))
        name = str(getattr(function, "__name__", function))
        given, made = list(tensors_in((args, kwargs))), list(tensors_in(result))
        if name == "__setitem__":  # gives nothing, and changes its first argument
            made = given[:1]
        self.made += made
        if any(tensor.device.type != self.target for tensor in (*given, *made)):
            self.elsewhere.append(name)
        # zeros_like, new_tensor and their kin take a shape or a dtype from a tensor, but no numbers.
        if not (name.endswith("_like") or name.startswith("new_")) and any(map(self._brings_numbers, given)):
            self.moved += [tensor for tensor in made if tensor.device.type == self.target]
        return result

    def _brings_numbers(self, tensor: torch.Tensor) -> bool:
        return tensor.device.type == "cpu" or _is_among(tensor, self.moved)

    def has_moved(self, result: torch.Tensor) -> bool:
        """Whether a tensor's numbers came from the CPU; for one that no function gave, whether any came from there."""
        return _is_among(result, self.moved) if _is_among(result, self.made) else bool(self.moved)


def tensors_in(thing: Any, depth: int = 0) -> Iterator[torch.Tensor]:
    """The tensors in nested arguments."""
    if isinstance(thing, torch.Tensor):
        yield thing
    elif isinstance(thing, list | tuple | dict) and depth < 4:
        for item in thing.values() if isinstance(thing, dict) else thing:
            yield from tensors_in(item, depth + 1)


def _is_among(tensor: torch.Tensor, tensors: list[torch.Tensor]) -> bool:
    """Whether it is one of these tensors, or a view of one, or has a view among them: .data and rows are views, too."""
    return any(tensor is other or _memory(tensor) == _memory(other) for other in tensors)


def _memory(tensor: torch.Tensor) -> int:
    # Not data_ptr(), which is 0 for everything on meta. The tensors are kept, so no number is given out twice.
    try:
        return tensor.untyped_storage()._cdata
    except RuntimeError:  # sparse tensors have no storage
        return id(tensor)


class Journey(TypedDict):
    """Device and size of the result; whether it moved there; what was done with tensors elsewhere."""

    device: str
    count: int
    moved: bool
    elsewhere: list[str]


def journey(create: Callable[..., Any], data: Any, device: str) -> Journey:
    """Where the tensor is that `create` makes, how much it holds, whether it moved there, what was done elsewhere."""
    with Watch(torch.device(device).type) as watch:
        result = create(data, device)
    if not isinstance(result, torch.Tensor):
        return {"device": "", "count": 0, "moved": False, "elsewhere": []}
    names = dict.fromkeys(name for name in watch.elsewhere if not name.startswith("_"))
    return {
        "device": result.device.type,
        "count": result.numel(),
        "moved": watch.has_moved(result),
        "elsewhere": list(names)[:NAMES_KEPT] or (["a tensor's attributes"] if watch.elsewhere else []),
    }


def restore_defaults() -> None:
    torch.set_default_device(None)
    torch.set_default_dtype(torch.float32)


def defaults() -> list[str]:
    """The device and the dtype of tensors for which nothing else is said."""
    return [torch.get_default_device().type, str(torch.get_default_dtype()).removeprefix("torch.")]

"""Worker side: Python objects to wire values and back, with torch tensors."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence, Set
from typing import Any, Final

import numpy as np
import safetensors.numpy
import safetensors.torch
import torch

from grader.sandbox import wire
from grader.sandbox.inside.functions import build_function

TEXT_CAP = 2_000
"""Characters of a student's string or repr that cross."""

_AS_THEY_ARE: Final = frozenset((type(None), bool, float))
_SCALARS: Final = (bool, int, float, str, bytes)
_NAMED: Final = (torch.device, torch.dtype)
_OF_NUMPY: Final = (np.ndarray, np.generic)
_SEVERAL: Final = (list, tuple, set, frozenset)


class Unsendable(Exception):
    """The object is too large or nested too deeply to cross; the message is a clause."""


class ObjectStore:
    """Objects that stay in the worker, by number."""

    def __init__(self) -> None:
        self._objects: list[Any] = []

    def put(self, thing: Any) -> int:
        """Keep `thing`; its number."""
        self._objects.append(thing)
        return len(self._objects) - 1

    def get(self, handle: int) -> Any:
        """The object with that number."""
        return self._objects[handle]


class Packer:
    """Turns one answer into a wire value, gathering its tensors for the blob."""

    def __init__(self, objects: ObjectStore) -> None:
        self._objects = objects
        self._tensors: dict[str, torch.Tensor] = {}
        self._bytes = 0

    def pack(self, thing: Any, depth: int = 0) -> wire.Value:
        """The wire value for `thing`.

        Raises:
            Unsendable: if it is too large or too deep.
        """
        if depth > wire.DEPTH_CAP:
            raise Unsendable("it is nested too deeply")
        kind = type(thing)
        if kind in _AS_THEY_ARE:
            return thing  # type: ignore[no-any-return]
        if kind is str or kind is int:  # most of what crosses: asked first, and not after all that it might be
            return _scalar(thing)
        if isinstance(thing, torch.Tensor):
            return self._tensor(thing, array=False)
        if isinstance(thing, _OF_NUMPY) and thing.dtype.kind in "biuf":
            # As torch takes it: in this machine's byte order, and nothing wider than float64.
            native = np.dtype("float64") if thing.dtype.char == "g" else thing.dtype.newbyteorder("=")
            if isinstance(thing, np.generic):
                return self.pack(native.type(thing).item(), depth)
            # Before it is written out: a stride-0 view of one number can claim to be terabytes.
            self._reserve(thing.size * native.itemsize)
            return self._tensor(torch.from_numpy(np.array(thing, native, order="C")), array=True, reserved=True)
        if isinstance(thing, _SCALARS):
            return _scalar(thing)
        if isinstance(thing, _NAMED):
            return str(thing)
        if isinstance(thing, Mapping):
            if len(thing) > wire.HEADER_CAP:
                raise Unsendable("it has too many items")
            return wire.DictValue([(self.pack(k, depth + 1), self.pack(v, depth + 1)) for k, v in thing.items()])
        if isinstance(thing, _SEVERAL):
            if len(thing) > wire.HEADER_CAP:
                raise Unsendable("it has too many items")
            items = [self.pack(item, depth + 1) for item in thing]
            if isinstance(thing, tuple):
                return wire.TupleValue(items)
            return wire.SetValue(items) if isinstance(thing, Set) else wire.ListValue(items)
        return self.keep(thing)

    def keep(self, thing: Any) -> wire.ObjectValue:
        """Leave `thing` in the worker and describe it."""
        kind = type(thing)
        return wire.ObjectValue(
            handle=self._objects.put(thing),
            type_name=kind.__qualname__[:TEXT_CAP],
            text=short_text(thing),
            bases=[f"{base.__module__}.{base.__qualname__}"[:TEXT_CAP] for base in kind.__mro__[:50]],
            callable=callable(thing),
        )

    def blob(self) -> bytes:
        """The gathered tensors as safetensors, empty if there are none."""
        if not self._tensors:
            return b""
        try:
            arrays = {name: tensor.numpy() for name, tensor in self._tensors.items()}
        except TypeError:  # numpy has no bfloat16
            return safetensors.torch.save(self._tensors)
        return safetensors.numpy.save(arrays)  # the same bytes in a third of the time

    def _reserve(self, size: int) -> None:
        self._bytes += size
        if self._bytes > wire.BLOB_CAP:
            raise Unsendable(f"its tensors hold more than {wire.BLOB_CAP >> 20} MB")

    def _tensor(self, tensor: torch.Tensor, *, array: bool, reserved: bool = False) -> wire.TensorValue:
        requires_grad, device = bool(tensor.requires_grad), str(tensor.device)
        if tensor.is_meta:
            meta = (str(tensor.dtype).removeprefix("torch."), list(tensor.shape))
            return wire.TensorValue(-1, requires_grad, array, device, meta)
        if tensor.layout is not torch.strided or tensor.is_complex() or tensor.is_quantized or tensor.is_nested:
            kind = "nested tensor" if tensor.is_nested else f"{tensor.layout} tensor of {tensor.dtype}"
            raise Unsendable(f"it is a {kind}, which the grader does not read")
        # The size is what the values take once written out: a stride-0 view of one number can claim to be terabytes.
        if not reserved:
            self._reserve(tensor.numel() * tensor.element_size())
        data = tensor.detach().resolve_conj().resolve_neg().to("cpu").contiguous()
        # clone(): two answers that share memory are refused by safetensors.
        self._tensors[str(index := len(self._tensors))] = data.clone()
        return wire.TensorValue(index, requires_grad, array, device)


class Unpacker:
    """Turns the wire values of one request into Python objects, tensors on `device`."""

    def __init__(self, objects: ObjectStore, blob: bytes, device: str, files: Sequence[int] = ()) -> None:
        self._objects = objects
        self._device = device
        self._files = files
        self._tensors = safetensors.torch.load(blob) if blob else {}

    def unpack(self, value: wire.Value) -> Any:
        """The Python object for `value`."""
        match value:
            case wire.ListValue(items):
                return [self.unpack(item) for item in items]
            case wire.TupleValue(items):
                return tuple(self.unpack(item) for item in items)
            case wire.SetValue(items):
                return {self.unpack(item) for item in items}
            case wire.DictValue(pairs):
                return {self.unpack(key): self.unpack(item) for key, item in pairs}
            case wire.IntValue(digits):
                return int(digits)
            case wire.BytesValue(data):
                return data
            case wire.TensorValue():
                tensor = self._tensors[str(value.index)]
                if value.array:
                    return tensor.numpy()
                return tensor.to(self._device).requires_grad_(value.requires_grad)
            case wire.ObjectValue():
                return self._objects.get(value.handle)
            case wire.FileValue():
                return map_array(self._files[value.index], value.dtype, value.shape)
            case wire.FunctionValue():
                return build_function(value.arity, self.unpack(value.tree))
            case _:
                return value


def map_array(fd: int, dtype: str, shape: Sequence[int]) -> np.ndarray[Any, Any]:
    """The array in an open file, mapped copy on write: changing it changes this process's own pages only.

    The descriptor is closed; the array keeps the file alive.
    """
    with os.fdopen(fd, "rb") as file:
        return np.memmap(file, np.dtype(dtype), "c", shape=tuple(shape)).view(np.ndarray)


def short_text(thing: Any) -> str:
    """repr(thing), cut; a repr that raises or lies about its type is replaced by the type's name."""
    try:
        text = repr(thing)
        return text[:TEXT_CAP] if isinstance(text, str) else f"<{type(thing).__name__}>"
    except BaseException:
        return f"<{type(thing).__name__}>"


def _scalar(thing: Any) -> wire.Value:
    """Subclasses of the plain types cross as the plain type: their methods stay behind."""
    if isinstance(thing, bool):
        return bool(thing)
    if isinstance(thing, int):
        number = int.__index__(thing)
        if -(1 << 63) <= number < 1 << 63:
            return number
        if number.bit_length() > wire.DIGITS_CAP * 3:
            raise Unsendable("it is an integer of more than 360 digits")
        return wire.IntValue(int.__repr__(number))
    if isinstance(thing, float):
        return float.__float__(thing)
    if isinstance(thing, str):
        text = str.__str__(thing)
        if len(text) > wire.HEADER_CAP // 4:
            raise Unsendable("it is a very long text")
        return text.encode("utf-8", "backslashreplace").decode()
    if len(thing) > wire.HEADER_CAP // 2:
        raise Unsendable("it is a very long bytes object")
    return wire.BytesValue(bytes(thing))

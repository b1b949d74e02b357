"""Evidence: what a worker's answer becomes on the trusted side. Torch-free; arrays are NumPy's.

A worker may lie, so everything is validated before it is used: sizes, types, nesting. What is not valid raises
`wire.WireError`, which the student sees as a failed check.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from grader.checks.origin import Ledger, unnoted, witnessed
from grader.sandbox import wire

if TYPE_CHECKING:
    import numpy as np

Enclosures: TypeAlias = "dict[str, np.ndarray[Any, Any] | ArrayFile]"
"""What travels beside a request: arrays with it, files as descriptors."""
_PLAIN: Final = frozenset((type(None), bool, int, float, str))
"""Types of what crosses as it is."""
_NUMPY_NAMES = {
    "F64": "float64", "F32": "float32", "F16": "float16", "I64": "int64", "I32": "int32", "I16": "int16", "I8": "int8",
    "U64": "uint64", "U32": "uint32", "U16": "uint16", "U8": "uint8", "BOOL": "bool", "BF16": "bfloat16",
}  # fmt: skip
_COLLISIONS_CAP = 100
"""Keys of one dict or set that may share a hash; among honest ones two do at most, such as -1 and -2."""
_ELEMENTS_CAP = 1 << 59
"""Above it NumPy cannot count the bytes of float64."""


@dataclass(frozen=True, eq=False)
class Tensor:
    """A tensor (or NumPy array) that a worker answered with.

    Attributes:
        array: its values, any shape. bfloat16 is widened to float32, since NumPy has no such type.
        dtype: its own dtype, as "float32", "int64", "bool", "bfloat16", …
        requires_grad, device: as the worker says; a check that looks at them rests on a witness.
        is_array: whether it was a NumPy array.
        meta: whether it has no values (device meta); `array` is then all NaN, which equals nothing.
    """

    array: np.ndarray[Any, Any]
    dtype: str
    requires_grad: bool = witnessed(False)
    device: str = witnessed("cpu")
    is_array: bool = False
    meta: bool = False
    ledger: Ledger | None = field(default=None, repr=False)

    def holding(self, array: np.ndarray[Any, Any]) -> Tensor:
        """The same with other values."""
        flags = unnoted(self, "requires_grad"), unnoted(self, "device")
        return Tensor(array, self.dtype, *flags, self.is_array, self.meta, self.ledger)

    def glance(self, flag: str) -> Any:
        """A flag for words about a failure, where computed answers must bear whatever it tells."""
        return unnoted(self, flag)

    @property
    def shape(self) -> tuple[int, ...]:
        """Its shape."""
        return tuple(int(size) for size in self.array.shape)


@dataclass(frozen=True, eq=False)
class Thing:
    """An object that stayed in the worker: its handle, type name, the names of its classes, and a short text."""

    handle: int
    type_name: str
    text: str
    bases: tuple[str, ...] = ()
    callable: bool = False


@dataclass(frozen=True, eq=False)
class ArrayFile:
    """An array for a worker, in an open file (see `files.write`); it is NumPy's there.

    Attributes:
        name: what a student reads for it in messages.
        fd: descriptor, open for reading.
        dtype: its name in NumPy.
    """

    name: str
    fd: int
    dtype: str
    shape: tuple[int, ...]


@dataclass(frozen=True)
class Answer:
    """What the student's work answered, and the question in the student's words, e.g. "gradient_at(1.5, -0.4)"."""

    value: Any
    question: str = field(default="the answer")


@dataclass(frozen=True)
class Witness:
    """What a helper beside the student's code says. It is no `Answer`: a check that looks at `value` is of kind W."""

    value: Any = witnessed()  # noqa: RUF009 - the field itself
    question: str = field(default="the answer")
    fact: str = ""
    ledger: Ledger | None = field(default=None, repr=False)


Said: TypeAlias = Answer | Witness
"""What can be compared with a truth."""


def decode(value: wire.Value, blob: bytes, ledger: Ledger | None = None) -> Any:
    """The Python value of a reply: plain data, `Tensor` and `Thing`. A look at a tensor's flags is noted in `ledger`.

    Raises:
        WireError: if the value is inconsistent, too deep or refers to tensors that are not there.
    """
    return _decode(value, _Blob(blob, ledger), 0)


def encode(thing: Any, arrays: Enclosures) -> wire.Value:
    """The wire value of an argument. NumPy arrays become torch tensors in the worker; they are added to `arrays`.

    An ArrayFile becomes a NumPy array there, and is added, too.

    Raises:
        TypeError: for anything that is not data; a fault of the check's author.
    """
    import numpy as np

    if thing is None or (isinstance(thing, (bool, float, str)) and not isinstance(thing, np.generic)):
        return thing
    if isinstance(thing, np.generic):
        return encode(thing.item(), arrays)
    if isinstance(thing, int):
        return thing if -(1 << 63) <= thing < 1 << 63 else wire.IntValue(str(thing))
    if isinstance(thing, bytes):
        return wire.BytesValue(thing)
    if isinstance(thing, Tensor):
        index = len(arrays)
        arrays[str(index)] = np.array(thing.array, order="C")
        return wire.TensorValue(index, unnoted(thing, "requires_grad"), thing.is_array)
    if isinstance(thing, np.ndarray):
        index = len(arrays)
        # ascontiguousarray would turn a 0-dim array into shape (1,)
        arrays[str(index)] = np.array(thing, order="C")
        return wire.TensorValue(index)
    if isinstance(thing, ArrayFile):
        arrays[str(len(arrays))] = thing
        return wire.FileValue(len(files_of(arrays)) - 1, thing.dtype, list(thing.shape))
    if isinstance(thing, Thing):
        return wire.ObjectValue(thing.handle, thing.type_name, thing.text)
    if hasattr(thing, "to_wire"):
        return thing.to_wire()  # type: ignore[no-any-return]
    if isinstance(thing, dict):
        return wire.DictValue([(encode(key, arrays), encode(item, arrays)) for key, item in thing.items()])
    if isinstance(thing, tuple):
        return wire.TupleValue([encode(item, arrays) for item in thing])
    if isinstance(thing, set | frozenset):
        return wire.SetValue([encode(item, arrays) for item in sorted(thing, key=repr)])
    if isinstance(thing, list):
        return wire.ListValue([encode(item, arrays) for item in thing])
    raise TypeError(f"a check sent a {type(thing).__name__}, which is not data")


def blob_of(enclosures: Enclosures) -> bytes:
    """The arrays as a safetensors blob; empty if there are none."""
    arrays = {name: array for name, array in enclosures.items() if not isinstance(array, ArrayFile)}
    if not arrays:
        return b""
    from safetensors.numpy import save

    return save(arrays)


def files_of(enclosures: Enclosures) -> tuple[int, ...]:
    """The descriptors of the array files, in order."""
    return tuple(array.fd for array in enclosures.values() if isinstance(array, ArrayFile))


class _Blob:
    """The tensors of one reply. Each may be referred to once, as a worker does: checks go through what they are given.

    Otherwise a reply of one megabyte could make terabytes of work out of one tensor.
    """

    def __init__(self, blob: bytes, ledger: Ledger | None) -> None:
        self._entries = _entries(blob)
        self.ledger = ledger

    def take(self, index: int) -> tuple[np.ndarray[Any, Any], str]:
        """The array with this number, and the name of its dtype."""
        if (entry := self._entries.pop(str(index), None)) is None:
            raise wire.WireError("it refers to a tensor that is not there, or twice to one")
        return _array(*entry)


def _entries(blob: bytes) -> dict[str, tuple[str, Sequence[int], bytes]]:
    if not blob:
        return {}
    import safetensors

    wire.check_blob(blob)
    try:
        entries = safetensors.deserialize(blob)  # type: ignore[no-untyped-call]
        return {name: (entry["dtype"], entry["shape"], entry["data"]) for name, entry in entries}
    except Exception as error:  # the parser's own errors, whatever their type
        raise wire.WireError(f"its tensors are damaged ({type(error).__name__})") from None


def _decode(value: wire.Value, blob: _Blob, depth: int) -> Any:
    if depth > wire.DEPTH_CAP + 1:
        raise wire.WireError("it is nested too deeply")
    if type(value) in _PLAIN:
        return value
    match value:
        case wire.ListValue(items):
            return [_decode(item, blob, depth + 1) for item in items]
        case wire.TupleValue(items):
            return tuple(_decode(item, blob, depth + 1) for item in items)
        case wire.SetValue(items):
            return set(_hashable([_decode(item, blob, depth + 1) for item in items]))
        case wire.DictValue(pairs):
            keys = _hashable([_decode(key, blob, depth + 1) for key, _ in pairs])
            return dict(zip(keys, (_decode(item, blob, depth + 1) for _, item in pairs), strict=True))
        case wire.IntValue(digits):
            if len(digits) > wire.DIGITS_CAP or not digits.removeprefix("-").isdecimal():
                raise wire.WireError("it holds a malformed integer")
            return int(digits)
        case wire.BytesValue(data):
            return data
        case wire.TensorValue():
            return _tensor(value, blob)
        case wire.ObjectValue():
            return Thing(value.handle, value.type_name, value.text, tuple(value.bases), value.callable)
        case wire.FunctionValue() | wire.FileValue():
            raise wire.WireError("it holds what only the grader sends")
        case _:
            return value


def _tensor(value: wire.TensorValue, blob: _Blob) -> Tensor:
    import numpy as np

    if value.meta is not None:
        dtype, shape = value.meta
        _check_shape(shape)
        if math.prod(shape) > wire.BLOB_CAP:
            raise wire.WireError("it describes an impossible tensor")
        nothing = np.broadcast_to(np.full((), np.nan, "float32"), shape)
        return Tensor(nothing, dtype, value.requires_grad, value.device, value.array, meta=True, ledger=blob.ledger)
    array, name = blob.take(value.index)
    return Tensor(array, name, value.requires_grad, value.device, value.array, ledger=blob.ledger)


def _array(code: str, sizes: Sequence[int], data: bytes) -> tuple[np.ndarray[Any, Any], str]:
    import numpy as np

    if (name := _NUMPY_NAMES.get(code)) is None:
        raise wire.WireError(f"it holds a tensor of type {code}, which the grader does not read")
    shape = list(sizes)
    _check_shape(shape)
    if name == "bfloat16":
        # bfloat16 is the upper half of a float32 (https://en.wikipedia.org/wiki/Bfloat16_floating-point_format).
        array = (np.frombuffer(data, "uint16").astype("uint32") << 16).view("float32")
    elif name == "bool":
        array = np.frombuffer(data, "uint8") != 0
    else:
        array = np.frombuffer(data, name)
    if math.prod(shape) != array.size:
        raise wire.WireError("the shape of a tensor does not fit its data")
    return array.reshape(shape), name


def _check_shape(shape: Sequence[int]) -> None:
    """Refuse what NumPy would: it looks at the sizes even of a tensor that one size of 0 makes empty."""
    if len(shape) > 64 or min(shape, default=0) < 0:
        raise wire.WireError("it describes an impossible tensor")
    if math.prod(size for size in shape if size) > _ELEMENTS_CAP:
        raise wire.WireError("it describes an impossible tensor")


def _hashable(things: list[Any]) -> list[Any]:
    """The things, if they can be keys. Thousands of one hash would take a dict minutes to tell apart: refused."""
    try:
        hashes = Counter(map(hash, things))
    except TypeError:
        raise wire.WireError("it has a key that cannot be one") from None
    if max(hashes.values(), default=0) > _COLLISIONS_CAP:
        raise wire.WireError("its keys are made to collide")
    return things

"""Comparing an answer with the truth: values in, a Difference or None out.

Shape is looked at before dtype, dtype before NaN, NaN before values.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from grader.evidence import Tensor, Thing

if TYPE_CHECKING:
    import numpy as np

RTOL, ATOL = 1e-4, 1e-5
"""float32 carries 7 digits; a few chained operations cost two or three of them."""
_MOST_SHOWN = 8
_TEXT_SHOWN = 300
_DEPTH_SHOWN = 3
_BITS_SHOWN = 200


class Kind(StrEnum):
    """What differs, in the order in which it is looked for."""

    TYPE = "type"
    LENGTH = "length"
    SHAPE = "shape"
    DTYPE = "dtype"
    NAN = "nan"
    VALUE = "value"


@dataclass(frozen=True)
class Difference:
    """How an answer differs: `detail` is a clause such as "its shape is (3, 5), not (5, 3)"; "" for plain values."""

    kind: Kind
    detail: str = ""


def difference(
    got: Any, expected: Any, *, rtol: float = RTOL, atol: float = ATOL, dtype: str | None = None
) -> Difference | None:
    """Where `got` (decoded evidence) differs from `expected` (numbers, texts, sequences, dicts, NumPy arrays).

    A number may be given as int, float, or a tensor or array of one element with no dimensions; a sequence as list or
    tuple. |got - expected| <= atol + rtol * |expected|, as in torch.allclose.

    Args:
        got: the answer.
        expected: the truth.
        rtol: relative tolerance.
        atol: absolute tolerance.
        dtype: if given, tensors must have it, e.g. "float32".
    """
    if expected is None or isinstance(expected, bool | str | bytes | set | frozenset):
        return _plain(got, expected)
    if isinstance(expected, int | float):
        return _number(got, float(expected), rtol, atol)
    if isinstance(expected, Mapping):
        return _mapping(got, expected, rtol, atol, dtype)
    if isinstance(expected, Sequence):
        return _sequence(got, expected, rtol, atol, dtype)
    return _array(got, expected, rtol, atol, dtype)


def number_of(value: Any) -> float | None:
    """The number that `value` is, or None if it is not one. bool is not a number here."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        try:
            return float(value)
        except OverflowError:
            return math.inf if value > 0 else -math.inf
    if isinstance(value, float):
        return value
    if isinstance(value, Tensor) and value.shape == () and value.dtype != "bool" and not value.meta:
        return float(value.array)
    return None


def show(value: Any) -> str:
    """A value as a short text: numbers to six digits, long arrays summarised by their shape, deep nesting cut."""
    return cut(_show(value, 0))


def cut(text: str, size: int = _TEXT_SHOWN) -> str:
    """The beginning of a text, with a sign if there was more."""
    return text if len(text) <= size else text[:size] + "…"


def _show(value: Any, depth: int) -> str:
    match value:
        case bool() | None:
            return str(value)
        case float():
            return f"{value:.6g}"
        case str():
            return repr(cut(value))
        case tuple():
            return f"({_items(value, depth)}{',' if len(value) == 1 else ''})"
        case list():
            return f"[{_items(value, depth)}]"
        case set() | frozenset():
            return f"{{{_items(sorted(value, key=repr), depth)}}}" if value else "set()"
        case Mapping():
            inner = [f"{_show(key, depth + 1)}: {_show(item, depth + 1)}" for key, item in _first_items(value, depth)]
            return "{" + ", ".join([*inner, "…"] if len(inner) < len(value) else inner) + "}"
        case Tensor():
            return _show_array(value.array, "array" if value.is_array else "tensor", value.dtype, value.meta)
        case Thing():
            return f"a {value.type_name}" if value.callable else f"an object of type {value.type_name}"
        case _ if hasattr(value, "shape"):
            return _show_array(value, "tensor", str(value.dtype), False)
        case int() if value.bit_length() > _BITS_SHOWN:
            return f"an integer of {value.bit_length()} bits"
        case _:
            return str(value)


def _items(values: Sequence[Any], depth: int) -> str:
    if depth >= _DEPTH_SHOWN and values:
        return "…"
    shown = [_show(item, depth + 1) for item in values[:_MOST_SHOWN]]
    return ", ".join([*shown, "…"] if len(values) > _MOST_SHOWN else shown)


def _first_items(mapping: Mapping[Any, Any], depth: int) -> list[tuple[Any, Any]]:
    return [] if depth >= _DEPTH_SHOWN else list(itertools.islice(mapping.items(), _MOST_SHOWN))


def type_of(value: Any) -> str:
    """The kind of thing a value is, with its article, in a student's words."""
    match value:
        case None:
            return "None"
        case Tensor():
            kind = "a NumPy array" if value.is_array else "a tensor"
            return f"{kind} of shape {value.shape}"
        case Thing():
            return f"an object of type {value.type_name}"
        case bool():
            return "a bool"
        case int():
            return "an int"
        case str():
            return "a text (str)"
        case _:
            return f"a {type(value).__name__}"


def _plain(got: Any, expected: Any) -> Difference | None:
    if isinstance(expected, bool) and isinstance(got, Tensor) and got.shape == () and got.dtype == "bool":
        got = bool(got.array)
    if isinstance(expected, set | frozenset) and isinstance(got, list | tuple):
        got = set(got) if all(isinstance(item, str | int | float) for item in got) else got
    same_type = type(got) is type(expected) or (isinstance(got, set) and isinstance(expected, frozenset))
    if not same_type:
        return Difference(Kind.TYPE, f"that is {type_of(got)}, not {type_of(expected)}")
    return None if got == expected else Difference(Kind.VALUE)


def _number(got: Any, expected: float, rtol: float, atol: float) -> Difference | None:
    number = number_of(got)
    if number is None:
        return Difference(Kind.TYPE, f"that is {type_of(got)}, not a number")
    if math.isnan(number) and not math.isnan(expected):
        return Difference(Kind.NAN, "that is not a number (NaN)")
    return None if _close(number, expected, rtol, atol) else Difference(Kind.VALUE)


def _close(got: float, expected: float, rtol: float, atol: float) -> bool:
    if math.isnan(expected):
        return math.isnan(got)
    if math.isinf(expected) or math.isinf(got):
        return got == expected
    return abs(got - expected) <= atol + rtol * abs(expected)


def _sequence(got: Any, expected: Sequence[Any], rtol: float, atol: float, dtype: str | None) -> Difference | None:
    if isinstance(got, Tensor) and len(got.shape) == 1 and all(isinstance(item, int | float) for item in expected):
        got = [float(item) for item in got.array[: len(expected) + 1]] if not got.meta else got
    if not isinstance(got, list | tuple):
        return Difference(Kind.TYPE, f"that is {type_of(got)}, not {len(expected)} values")
    if len(got) != len(expected):
        count = f"{len(got)} value" if len(got) == 1 else f"{len(got)} values"
        return Difference(Kind.LENGTH, f"it has {count}, not {len(expected)}")
    for index, (item, wanted) in enumerate(zip(got, expected, strict=True)):
        if found := difference(item, wanted, rtol=rtol, atol=atol, dtype=dtype):
            return Difference(found.kind, found.detail and f"at position {index}, {found.detail}")
    return None


def _mapping(got: Any, expected: Mapping[Any, Any], rtol: float, atol: float, dtype: str | None) -> Difference | None:
    if not isinstance(got, Mapping):
        return Difference(Kind.TYPE, f"that is {type_of(got)}, not a dict")
    if missing := [key for key in expected if key not in got]:
        return Difference(Kind.LENGTH, f"it lacks the key {show(missing[0])}")
    for key, wanted in expected.items():
        if found := difference(got[key], wanted, rtol=rtol, atol=atol, dtype=dtype):
            return Difference(found.kind, f"under {show(key)}: {found.detail or show(got[key])}")
    return None


def _array(got: Any, expected: np.ndarray[Any, Any], rtol: float, atol: float, dtype: str | None) -> Difference | None:
    import numpy as np

    if not isinstance(got, Tensor):
        number = number_of(got)
        if number is None or expected.shape != ():
            return Difference(Kind.TYPE, f"that is {type_of(got)}, not a tensor")
        got = Tensor(np.asarray(number), dtype or "float64")
    if got.shape != expected.shape:
        return Difference(Kind.SHAPE, f"its shape is {got.shape}, not {expected.shape}")
    if dtype is not None and got.dtype != dtype:
        return Difference(Kind.DTYPE, f"its dtype is {got.dtype}, not {dtype}")
    if got.meta:
        return Difference(Kind.VALUE, "it is on the meta device, without values")
    values, truth = np.asarray(got.array, "float64"), np.asarray(expected, "float64")
    strange = np.isnan(values) & ~np.isnan(truth)
    if strange.any():
        return Difference(Kind.NAN, f"{_count(strange)} NaN, the first at index {_first(strange)}")
    wrong = ~np.isclose(values, truth, rtol=rtol, atol=atol, equal_nan=True)
    if wrong.any():
        index = _first(wrong)
        at = tuple(index)
        return Difference(
            Kind.VALUE,
            f"{_count(wrong)} wrong, the first at index {index}: {values[at]:.6g} instead of {truth[at]:.6g}"
            if index
            else "",
        )
    return None


def _first(mask: np.ndarray[Any, Any]) -> list[int]:
    import numpy as np

    return [int(i) for i in np.unravel_index(int(mask.argmax()), mask.shape)]


def _count(mask: np.ndarray[Any, Any]) -> str:
    count = int(mask.sum())
    return f"{count} of {mask.size} values {'is' if count == 1 else 'are'}"


def _show_array(array: np.ndarray[Any, Any], noun: str, dtype: str, meta: bool) -> str:
    if meta or array.size > _MOST_SHOWN or array.ndim > 2:
        return f"a {noun} of shape {tuple(array.shape)}"
    if array.ndim == 0:
        return show(array.item())
    suffix = "" if dtype == "float32" else f", dtype={dtype}"
    return f"{noun}({show(array.tolist())}{suffix})"

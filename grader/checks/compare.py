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

from grader.checks.evidence import Tensor, Thing

if TYPE_CHECKING:
    import numpy as np

RTOL, ATOL = 1e-4, 1e-5
"""float32 carries 7 digits; a few chained operations cost two or three of them."""
_MOST_SHOWN = 8
_TEXT_SHOWN = 300
_DEPTH_SHOWN = 3
_BITS_SHOWN = 200
_DIGITS_SHOWN = 6
_GLANCE = 40
"""Characters of a text that are compared by eye."""
_PLACES = ("at position", "in item", "under")
"""How a clause begins that names a place within."""
_ALL_DIGITS = 0
"""As many as it takes to write the very float64."""


class Aspect(StrEnum):
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

    kind: Aspect
    detail: str = ""


def difference(
    got: Any, expected: Any, *, rtol: float = RTOL, atol: float = ATOL, dtype: str | None = None
) -> Difference | None:
    """Where `got` (decoded evidence) differs from `expected` (numbers, texts, sequences, dicts, NumPy arrays).

    A number may be given as int, float, or a tensor or array of one element with no dimensions; a sequence as list,
    tuple, or tensor whose rows are its items; a set also as list. A dict has exactly the keys of `expected`. A bool is
    no number, and a number no bool.
    |got - expected| <= atol + rtol * |expected|, as in torch.allclose. Where both are integers, nothing was rounded:
    the default rtol (or a smaller one) then counts as 0.

    Args:
        got: the answer.
        expected: the truth.
        rtol: relative tolerance.
        atol: absolute tolerance.
        dtype: if given, tensors must have it, e.g. "float32".
    """
    if isinstance(expected, Tensor):
        expected = expected.array
    if isinstance(expected, int | float) and not isinstance(expected, bool):
        return _number(got, expected, rtol, atol, dtype)
    if isinstance(expected, set | frozenset):
        return _set(got, expected)
    if isinstance(expected, Mapping):
        return _mapping(got, expected, rtol, atol, dtype)
    if isinstance(expected, Sequence) and not isinstance(expected, str | bytes):
        return _sequence(got, expected, rtol, atol, dtype)
    if not hasattr(expected, "shape"):
        return _plain(got, expected)
    if expected.shape == () and not isinstance(got, Tensor):
        return difference(got, expected.item(), rtol=rtol, atol=atol)
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


def show(value: Any, digits: int = _DIGITS_SHOWN) -> str:
    """A value as a short text: numbers to six digits, long arrays summarised by their shape, deep nesting cut."""
    return cut(_show(value, 0, digits))


def show_both(got: Any, expected: Any) -> tuple[str, str]:
    """Two values as short texts, with as many digits as it takes to tell them apart."""
    short = show(got), show(expected)
    if short[0] != short[1]:
        return short
    exact = show(got, _ALL_DIGITS), show(expected, _ALL_DIGITS)
    return exact if exact[0] != exact[1] else short


def cut(text: str, size: int = _TEXT_SHOWN) -> str:
    """The beginning of a text, with a sign if there was more."""
    return text if len(text) <= size else text[:size] + "…"


def _show(value: Any, depth: int, digits: int) -> str:
    match value:
        case bool() | None:
            return str(value)
        case float():
            return f"{value:.{digits}g}" if digits else repr(float(value))
        case str():
            return repr(cut(value))
        case tuple():
            return f"({_items(value, depth, digits)}{',' if len(value) == 1 else ''})"
        case list():
            return f"[{_items(value, depth, digits)}]"
        case set() | frozenset():
            return f"{{{_items(_in_order(value), depth, digits)}}}" if value else "set()"
        case Mapping():
            inner = [
                f"{_show(key, depth + 1, digits)}: {_show(item, depth + 1, digits)}"
                for key, item in _first_items(value, depth)
            ]
            return "{" + ", ".join([*inner, "…"] if len(inner) < len(value) else inner) + "}"
        case Tensor():
            return _show_array(value.array, "array" if value.is_array else "tensor", value.dtype, value.meta, digits)
        case Thing():
            return f"a {value.type_name}" if value.callable else f"an object of type {value.type_name}"
        case _ if hasattr(value, "shape"):
            # The truth: computed in float64, as a rule, which is no demand on the answer.
            dtype = "float32" if value.dtype.kind == "f" else str(value.dtype)
            return _show_array(value, "tensor", dtype, False, digits)
        case int() if value.bit_length() > _BITS_SHOWN:
            return f"an integer of {value.bit_length()} bits"
        case _:
            return str(value)


def _items(values: Sequence[Any], depth: int, digits: int) -> str:
    if depth >= _DEPTH_SHOWN and values:
        return "…"
    shown = [_show(item, depth + 1, digits) for item in values[:_MOST_SHOWN]]
    return ", ".join([*shown, "…"] if len(values) > _MOST_SHOWN else shown)


def _in_order(values: set[Any] | frozenset[Any]) -> list[Any]:
    try:
        return sorted(values)
    except TypeError:
        return sorted(values, key=repr)


def _first_items(mapping: Mapping[Any, Any], depth: int) -> list[tuple[Any, Any]]:
    return [] if depth >= _DEPTH_SHOWN else list(itertools.islice(mapping.items(), _MOST_SHOWN))


def type_of(value: Any) -> str:
    """The kind of thing a value is, with its article, in a student's words."""
    match value:
        case None:
            return "None"
        case Tensor():
            kind = ("bool " if value.dtype == "bool" else "") + ("NumPy array" if value.is_array else "tensor")
            return f"a {kind} on the meta device" if value.meta else f"a {kind} of shape {value.shape}"
        case Thing():
            return f"an object of type {value.type_name}"
        case bool():
            return "a bool"
        case int():
            return "an int"
        case str():
            return "a text (str)"
        case frozenset():
            return "a set"
        case _:
            return f"a {type(value).__name__}"


def _plain(got: Any, expected: Any) -> Difference | None:
    if isinstance(expected, bool) and isinstance(got, Tensor) and got.shape == () and got.dtype == "bool":
        got = bool(got.array) if not got.meta else got
    if type(got) is not type(expected):
        return Difference(Aspect.TYPE, f"that is {type_of(got)}, not {type_of(expected)}")
    if got == expected:
        return None
    return Difference(Aspect.VALUE, _where_texts_part(got, expected) if isinstance(expected, str) else "")


def _where_texts_part(got: str, expected: str) -> str:
    """For long texts, where they begin to differ; "" for those that are seen at a glance."""
    same = next(
        (i for i, (a, b) in enumerate(zip(got, expected, strict=False)) if a != b), min(len(got), len(expected))
    )
    if same < _GLANCE:
        return ""
    rest = (repr(text[same : same + _GLANCE]) if text[same:] else "nothing" for text in (got, expected))
    return f"after {same} characters it goes on with {next(rest)}, not {next(rest)}"


def _set(got: Any, expected: set[Any] | frozenset[Any]) -> Difference | None:
    if not isinstance(got, set | frozenset | list | tuple):
        return Difference(Aspect.TYPE, f"that is {type_of(got)}, not a set")
    if any(isinstance(item, Tensor) for item in got):
        return Difference(Aspect.TYPE, "it holds tensors, not plain values")
    # With their types, since True == 1 in Python.
    wanted = {(isinstance(item, bool), item) for item in expected}
    found = [(isinstance(item, bool), item) for item in got]
    try:
        # One by one first: a set of foreign items could be made to take minutes.
        same = all(item in wanted for item in found) and set(found) == wanted
    except TypeError:
        return Difference(Aspect.TYPE, "it holds what cannot be in a set")
    if same:
        return None
    if len(found) <= _MOST_SHOWN and len(wanted) <= _MOST_SHOWN:
        return Difference(Aspect.VALUE)
    for here, there, words in (
        (wanted, found, "it lacks {}"),
        (found, wanted, "it has {} too, which does not belong there"),
    ):
        if one := next((item for item in here if item not in there), None):
            return Difference(Aspect.VALUE, words.format(show(one[1])))
    return Difference(Aspect.VALUE)


def _number(got: Any, expected: float, rtol: float, atol: float, dtype: str | None) -> Difference | None:
    number = number_of(got)
    if number is None:
        return Difference(Aspect.TYPE, f"that is {type_of(got)}, not a number")
    if dtype is not None and isinstance(got, Tensor) and got.dtype != dtype:
        return Difference(Aspect.DTYPE, f"its dtype is {got.dtype}, not {dtype}")
    if math.isnan(number) and not _is_nan(expected):
        return Difference(Aspect.NAN, "that is not a number (NaN)")
    whole = _integer_of(got)
    if whole is not None and isinstance(expected, int):
        slack = atol + (rtol * abs(expected) if rtol > RTOL else 0.0)
        return None if whole == expected or abs(whole - expected) <= slack else Difference(Aspect.VALUE)
    truth = number_of(expected)
    if truth is None or (math.isinf(truth) and (whole is not None or isinstance(expected, int))):
        return Difference(Aspect.VALUE)  # an int beyond float64 is near no float, not even inf
    return None if _close(number, truth, rtol, atol) else Difference(Aspect.VALUE)


def _integer_of(value: Any) -> int | None:
    if isinstance(value, Tensor):
        return int(value.array) if value.shape == () and value.array.dtype.kind in "iu" and not value.meta else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _is_nan(value: float) -> bool:
    return isinstance(value, float) and math.isnan(value)


def _close(got: float, expected: float, rtol: float, atol: float) -> bool:
    if math.isnan(expected):
        return math.isnan(got)
    if math.isinf(expected) or math.isinf(got):
        return got == expected
    return abs(got - expected) <= atol + rtol * abs(expected)


def _sequence(got: Any, expected: Sequence[Any], rtol: float, atol: float, dtype: str | None) -> Difference | None:
    if not isinstance(got, list | tuple) and not (isinstance(got, Tensor) and got.shape and not got.meta):
        return Difference(Aspect.TYPE, f"that is {type_of(got)}, not {_values(len(expected))}")
    length = got.shape[0] if isinstance(got, Tensor) else len(got)
    if length != len(expected):
        return Difference(Aspect.LENGTH, f"it has {_values(length)}, not {len(expected)}")
    items = [got.holding(row) for row in _rows(got)] if isinstance(got, Tensor) else got
    for index, (item, wanted) in enumerate(zip(items, expected, strict=True)):
        if found := difference(item, wanted, rtol=rtol, atol=atol, dtype=dtype):
            if found.detail:
                outer = "in item" if found.detail.startswith(_PLACES) else "at position"
                return Difference(found.kind, f"{outer} {index}, {found.detail}")
            return Difference(found.kind, _at(f"at position {index}", item, wanted) if index >= _MOST_SHOWN else "")
    return None


def _values(count: int) -> str:
    return "1 value" if count == 1 else f"{count} values"


def _rows(tensor: Tensor) -> list[np.ndarray[Any, Any]]:
    # [i, ...] keeps what has no dimensions left an array.
    return [tensor.array[index, ...] for index in range(tensor.shape[0])]


def _mapping(got: Any, expected: Mapping[Any, Any], rtol: float, atol: float, dtype: str | None) -> Difference | None:
    if not isinstance(got, Mapping):
        return Difference(Aspect.TYPE, f"that is {type_of(got)}, not a dict")
    if any(isinstance(key, Tensor) for key in got):
        return Difference(Aspect.TYPE, "its keys are tensors, not plain values")
    if missing := [key for key in expected if key not in got]:
        return Difference(Aspect.LENGTH, f"it lacks the key {show(missing[0])}")
    if extra := [key for key in got if key not in expected]:
        return Difference(Aspect.LENGTH, f"it has the key {show(extra[0])} too, which does not belong there")
    for key, wanted in expected.items():
        if found := difference(got[key], wanted, rtol=rtol, atol=atol, dtype=dtype):
            where = f"under {show(key)}"
            return Difference(found.kind, f"{where}, {found.detail}" if found.detail else _at(where, got[key], wanted))
    return None


def _at(where: str, got: Any, expected: Any) -> str:
    shown, truth = show_both(got, expected)
    return f"{where} it has {shown}, not {truth}"


def _array(got: Any, expected: np.ndarray[Any, Any], rtol: float, atol: float, dtype: str | None) -> Difference | None:
    import numpy as np

    if not isinstance(got, Tensor):
        return Difference(Aspect.TYPE, f"that is {type_of(got)}, not a tensor")
    if got.shape != expected.shape:
        return Difference(Aspect.SHAPE, f"its shape is {got.shape}, not {expected.shape}")
    if dtype is not None and got.dtype != dtype:
        return Difference(Aspect.DTYPE, f"its dtype is {got.dtype}, not {dtype}")
    if (got.dtype == "bool") != (expected.dtype.kind == "b"):
        wanted = "a number" if got.dtype == "bool" else "bool"
        return Difference(Aspect.DTYPE, f"its dtype is {got.dtype}, not {wanted}")
    if got.meta:
        return Difference(Aspect.VALUE, "it is on the meta device, without values")
    with np.errstate(all="ignore"):  # sums beyond float64 are infinite, and so compare as they should
        values, truth = np.asarray(got.array, "float64"), np.asarray(expected, "float64")
        strange = np.isnan(values) & ~np.isnan(truth)
        wrong = ~np.isclose(values, truth, rtol=rtol, atol=atol, equal_nan=True)
    if strange.any():
        return Difference(Aspect.NAN, f"{_count(strange)} NaN, the first at index {_first(strange)}")
    if got.array.dtype.kind in "iu" and expected.dtype.kind in "iu" and rtol <= RTOL and atol < 1:
        wrong = np.asarray(got.array != expected)
    if not wrong.any():
        return None
    if not wrong.shape:
        return Difference(Aspect.VALUE)
    index = _first(wrong)
    shown, right = show_both(got.array[tuple(index)].item(), expected[tuple(index)].item())
    return Difference(Aspect.VALUE, f"{_count(wrong)} wrong, the first at index {index}: {shown} instead of {right}")


def _first(mask: np.ndarray[Any, Any]) -> list[int]:
    import numpy as np

    return [int(i) for i in np.unravel_index(int(mask.argmax()), mask.shape)]


def _count(mask: np.ndarray[Any, Any]) -> str:
    count = int(mask.sum())
    return f"{count} of {mask.size} values {'is' if count == 1 else 'are'}"


def _show_array(array: np.ndarray[Any, Any], noun: str, dtype: str, meta: bool, digits: int) -> str:
    if meta or array.size > _MOST_SHOWN or array.ndim > 2:
        return f"{'an' if noun == 'array' else 'a'} {noun} of shape {tuple(array.shape)}"
    if array.ndim == 0:
        return _show(array.item(), 0, digits)
    suffix = "" if dtype == "float32" else f", dtype={dtype}"
    return f"{noun}({_show(array.tolist(), 0, digits)}{suffix})"

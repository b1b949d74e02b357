"""The form that each helper's answer has, read from the annotation that stands at its definition.

A helper runs beside the student's code, so what it answers may be a lie, and of any form. A lie must fail a check, not
break it: an answer is held against its form before a check sees it. The files of helpers import torch and are not
imported here; their syntax says enough.
"""

from __future__ import annotations

import ast
import typing
from abc import ABC
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import NoneType
from typing import Any

import msgspec

from grader.checks.evidence import Tensor, Thing
from grader.errors import AuthoringError


class ATensor(ABC):  # noqa: B024 - a name for msgspec, to which a dataclass would be something to be built of a dict
    """A tensor or array, in a form."""


class AThing(ABC):  # noqa: B024
    """An object that has stayed in the worker, in a form."""


ATensor.register(Tensor)
AThing.register(Thing)
_PLAIN: dict[str, Any] = {
    **{kind.__name__: kind for kind in (bool, int, float, str, bytes, list, dict, tuple, set)},
    "Any": Any,
    "Sequence": list,
    "Iterator": list,
    "Mapping": dict,
    "Tensor": ATensor,
    "ndarray": ATensor,
}


@lru_cache(maxsize=64)
def forms_of(*sources: bytes) -> Mapping[str, Any]:
    """Function's name → the type of what it returns, of all functions in these files; the first file counts.

    A tensor or array is a `Tensor`; an object that is no data, such as a module, a `Thing`.
    """
    found: dict[str, Any] = {}
    for source in reversed(sources):
        tree = ast.parse(source)
        shapes = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef) and _is_shape(node)}
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and node.returns is not None:
                found[node.name] = _type(node.returns, shapes)
    return found


def held_against(value: Any, form: Any) -> Any:
    """The value, if it has this form; a list becomes a tuple where one is meant, an int a float.

    Raises:
        ValueError: if it has not.
    """
    if form is Any:
        return value
    try:
        return msgspec.convert(value, form, strict=True, dec_hook=_as_it_is)
    except msgspec.ValidationError as error:
        raise ValueError(str(error)) from None


def form_in(forms: Callable[[], Mapping[str, Any]], name: str) -> Any:
    """The form of a helper's answer.

    Raises:
        AuthoringError: if there is no such helper, or it does not say what it returns.
    """
    try:
        return forms()[name]
    except KeyError:
        raise AuthoringError(f"The helper {name} must say what it returns: def {name}(...) -> ...") from None


def _as_it_is(wanted: type, found: Any) -> Any:
    if isinstance(found, wanted):
        return found
    raise ValueError(f"Expected {wanted.__name__}, got {type(found).__name__}")


def _is_shape(node: ast.ClassDef) -> bool:
    return any(isinstance(base, ast.Name) and base.id == "TypedDict" for base in node.bases)


def _type(node: ast.expr, shapes: Mapping[str, ast.ClassDef]) -> Any:
    match node:
        case ast.Constant(value=None):
            return NoneType
        case ast.Constant(value=str(text)):
            return _type(ast.parse(text, mode="eval").body, shapes)
        case ast.Name(id=name) if name in shapes:
            fields = [line for line in shapes[name].body if isinstance(line, ast.AnnAssign)]
            inner = {
                line.target.id: _type(line.annotation, shapes) for line in fields if isinstance(line.target, ast.Name)
            }
            return typing.TypedDict(name, inner)  # type: ignore[operator]
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return _PLAIN.get(name, AThing)
        case ast.BinOp(left, ast.BitOr(), right):
            return _type(left, shapes) | _type(right, shapes)
        case ast.Subscript(value, index):
            outer = _type(value, shapes)
            if outer not in (list, dict, tuple, set):
                return outer
            parts = index.elts if isinstance(index, ast.Tuple) else [index]
            if outer is tuple and isinstance(parts[-1], ast.Constant) and parts[-1].value is Ellipsis:
                return tuple[_type(parts[0], shapes), ...]  # type: ignore[misc]
            return (
                outer[tuple(_type(part, shapes) for part in parts)]
                if len(parts) > 1
                else outer[_type(parts[0], shapes)]
            )
        case _:
            return Any

"""What the worker adds to an error: the name that was probably meant, and where a missing one stands."""

from __future__ import annotations

import ast
import builtins
import difflib
import re
import sys
from collections.abc import Iterable, Iterator
from typing import Any, Final

_NAMES_CAP: Final = 5_000
_LENGTH_CAP: Final = 60
_CUTOFF: Final = 0.8
"""difflib's measure: sine and sin have 0.86, lenght and length 0.83, grads and grad 0.89; eval and real have 0.75."""
_KEYWORD: Final = re.compile(
    r"(?:got an unexpected|is an invalid) keyword argument '?(\w+)'?|'(\w+)' is an invalid keyword"
)
_KEYWORDS: Final = (
    *(
        "requires_grad",
        "dtype",
        "device",
        "dim",
        "keepdim",
        "retain_graph",
        "create_graph",
        "allow_unused",
        "memory_format",
    ),
    *("shuffle", "batch_size", "drop_last", "num_workers", "generator", "lr", "momentum", "weight_decay", "maximize"),
    *("bias", "reduction", "in_features", "out_features", "weights_only", "map_location", "non_blocking", "unbiased"),
)
"""Functions written in C++ do not say which keywords they take; these are the chapter's."""


def suggestion(error: BaseException) -> str:
    """The name that was probably meant instead of the one that is not there; "" if none is much like it.

    Python's own "Did you mean" is only in the tracebacks that it prints.
    """
    try:
        wanted, names = _wanted(error)
        known = [name for name in names if isinstance(name, str) and len(name) <= _LENGTH_CAP][:_NAMES_CAP]
        same = [name for name in known if name.casefold() == wanted.casefold()]
        close = same or difflib.get_close_matches(wanted, known, n=1, cutoff=_CUTOFF)
    except BaseException:  # the names are those of a student's objects, which may do as they like
        return ""
    return close[0] if close and close[0] != wanted else ""


def _wanted(error: BaseException) -> tuple[str, Iterable[Any]]:
    match error:
        case NameError(name=str(name)):
            return name, _names_in_sight(error)
        case AttributeError(name=str(name), obj=obj):
            return name, (other for other in dir(obj) if name.startswith("_") or not other.startswith("_"))
        case ImportError(name=str(module)) if found := re.search(r"cannot import name '(\w+)'", str(error)):
            return found[1], dir(sys.modules[module])
        case TypeError() if keyword := _KEYWORD.search(str(error)):
            return keyword[1] or keyword[2], _KEYWORDS
    return "", ()


def _names_in_sight(error: BaseException) -> Iterator[str]:
    step = error.__traceback__
    while step is not None and step.tb_next is not None:
        step = step.tb_next
    if step is not None:
        yield from step.tb_frame.f_locals
        yield from step.tb_frame.f_globals
    yield from dir(builtins)


def where_defined(source: bytes, name: str) -> tuple[str, int]:
    """In what a name is defined that the module does not have: "class", "function", "guard" or "block", and the line.

    ("", 0) if nowhere.
    """
    try:
        statements = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return "", 0
    for statement in statements:
        for node in ast.walk(statement):
            if node is not statement and _binds(node, name):
                return _kind(statement), node.lineno  # type: ignore[attr-defined]
    return "", 0


def _binds(node: ast.AST, name: str) -> bool:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return node.name == name
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id == name


def _kind(statement: ast.stmt) -> str:
    if isinstance(statement, ast.ClassDef):
        return "class"
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
        return "function"
    if isinstance(statement, ast.If) and "__name__" in {
        n.id for n in ast.walk(statement.test) if isinstance(n, ast.Name)
    }:
        return "guard"
    return "block"

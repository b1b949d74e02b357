"""What a program is, whoever wrote it: as text, but for comments and spacing, and as tokens, but for the names in it.

Two readings of one syntax tree. `fingerprint` is equal for the same program. `sketch` holds hashes of runs of tokens,
winnowed as in Schleimer, Wilkerson and Aiken, "Winnowing: Local Algorithms for Document Fingerprinting" (SIGMOD 2003):
what two programs share is in both sketches if it is `GRAM + WINDOW - 1` tokens long. Libraries for this, such as
copydetect, compare files on disk two by two, which is too slow for a class of 1,000, and import matplotlib.
"""

from __future__ import annotations

import ast
import builtins
import contextlib
import hashlib
import warnings
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

PARSED_AT_MOST: Final = 64 << 10
"""Bytes. Python's parser needs some 500 times the memory of what it parses."""
GRAM: Final = 10
"""Tokens of a run that is hashed: about one short statement."""
WINDOW: Final = 4
"""Runs among which one is kept."""
_KNOWN: Final = frozenset(dir(builtins))
"""Names that are nobody's own."""
_SKIPPED: Final = (ast.expr_context, ast.alias, ast.Import, ast.ImportFrom)


@dataclass(frozen=True)
class Likeness:
    """`fingerprint`: the program as text. `sketch`: hashes of its runs of tokens; empty for what cannot be parsed."""

    fingerprint: str
    sketch: frozenset[int] = frozenset()


def likeness(source: bytes) -> Likeness:
    """What the program is to be compared by.

    Nothing is executed. Python's parser refuses what is nested too deeply, with an exception.
    """
    text = b"".join(source.split())
    sketch: frozenset[int] = frozenset()
    if len(source) <= PARSED_AT_MOST:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a student's "\\d" is not the grader's to warn of
            with contextlib.suppress(SyntaxError, ValueError, RecursionError, MemoryError):
                tree = ast.parse(source)
                parts: list[str] = []
                _write(tree, parts)
                text = "\0".join(parts).encode("utf-8", "backslashreplace")
                sketch = _winnowed(list(_tokens(tree)))
    return Likeness(hashlib.sha256(text).hexdigest(), sketch)


def fingerprint(source: bytes) -> str:
    """Equal for sources that are parsed to the same tree; for what cannot be parsed, that are equal but for spaces."""
    return likeness(source).fingerprint


def _write(node: ast.AST, parts: list[str]) -> None:
    """The tree, without places, as `ast.dump` would give it, in a third of the time."""
    parts.append(type(node).__name__)
    for name in node._fields:
        value = getattr(node, name, None)
        if isinstance(value, list):
            parts.append(f"{len(value)}")
            for item in value:
                if isinstance(item, ast.AST):
                    _write(item, parts)
                else:
                    parts.append(repr(item))
        elif isinstance(value, ast.AST):
            _write(value, parts)
        else:
            parts.append(repr(value))


def _tokens(node: ast.AST) -> Iterator[str]:
    """The tree as tokens: names that a program gives are all alike, those that it uses of libraries are not.

    Texts, annotations and imports do not count, nor do statements that are only a text.
    """
    match node:
        case ast.Name(id=name):
            yield name if name in _KNOWN else "name"
            return
        case ast.Constant(value=value):
            yield "text" if isinstance(value, str | bytes) else repr(value)
            return
        case ast.Expr(value=ast.Constant(value=str())):
            return
        case ast.arg():
            yield "name"
            return
        case ast.AnnAssign(target=target, value=value):
            yield "Assign"
            yield from _tokens(target)
            if value is not None:
                yield from _tokens(value)
            return
        case _ if isinstance(node, _SKIPPED):
            return
    yield type(node).__name__
    for field in node._fields:
        value = getattr(node, field, None)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and field in ("name", "returns"):
            continue
        if isinstance(value, ast.AST):
            yield from _tokens(value)
        elif isinstance(value, list):
            for item in value:
                if isinstance(item, ast.AST):
                    yield from _tokens(item)
        elif isinstance(node, ast.Attribute | ast.keyword) and isinstance(value, str):
            yield value


def _winnowed(tokens: list[str]) -> frozenset[int]:
    """One hash of each window of runs, the least."""
    runs = [
        zlib.crc32(" ".join(tokens[at : at + GRAM]).encode("utf-8", "backslashreplace"))
        for at in range(len(tokens) - GRAM + 1)
    ]
    return frozenset(min(runs[at : at + WINDOW]) for at in range(max(1, len(runs) - WINDOW + 1)) if runs)

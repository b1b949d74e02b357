"""What a program is, whoever wrote it: as text, but for comments and spacing, and as tokens, but for the names in it.

Two readings of one syntax tree. The fingerprint is equal for the same program. The sketch holds hashes of runs of
tokens, winnowed as in Schleimer, Wilkerson and Aiken, "Winnowing: Local Algorithms for Document Fingerprinting" (SIGMOD
2003): what two programs share is in both sketches if it is `GRAM + WINDOW - 1` tokens long. Libraries for this, such as
copydetect, compare files on disk two by two, which is too slow for a class of 1,000, and import matplotlib.
"""

from __future__ import annotations

import ast
import builtins
import hashlib
import itertools
import zlib
from collections.abc import Iterator
from typing import Final

from grader.sandbox.facts import DEPTH_CAP, NODES_CAP, Likeness
from grader.sandbox.inside.reader.unfit import TOO_DEEP, TOO_MANY, Unfit

SKETCHED_AT_MOST: Final = 64 << 10
"""Bytes of a program that is compared by its tokens, too: hashing them takes longer than reading it."""
GRAM: Final = 10
"""Tokens of a run that is hashed: about one short statement."""
WINDOW: Final = 4
"""Runs among which one is kept."""
_KNOWN: Final = frozenset(dir(builtins))
"""Names that are nobody's own."""
_SKIPPED: Final = (ast.expr_context, ast.alias, ast.Import, ast.ImportFrom)


def likeness(tree: ast.Module | None, source: bytes) -> Likeness:
    """What a program is to be compared by; without a tree it cannot be parsed, and is compared as text but for spaces.

    Raises:
        Unfit: if the tree is too large.
    """
    if tree is None:
        return Likeness(hashlib.sha256(b"".join(source.split())).hexdigest())
    parts: list[str] = []
    _write(tree, parts, 0, itertools.count(1))
    fingerprint = hashlib.sha256("\0".join(parts).encode("utf-8", "backslashreplace")).hexdigest()
    return Likeness(fingerprint, _winnowed(list(_tokens(tree))) if len(source) <= SKETCHED_AT_MOST else frozenset())


def _write(node: ast.AST, parts: list[str], depth: int, nodes: Iterator[int]) -> None:
    """The tree, without places: what `facts.Tree` tells, in a third of the time. A solution's is written each time."""
    if depth > DEPTH_CAP:
        raise Unfit(TOO_DEEP)
    if next(nodes) > NODES_CAP:
        raise Unfit(TOO_MANY)
    parts.append(type(node).__name__)
    for name in node._fields:
        value = getattr(node, name, None)
        if isinstance(value, list):
            parts.append(str(len(value)))
            for item in value:
                if isinstance(item, ast.AST):
                    _write(item, parts, depth + 1, nodes)
                else:
                    parts.append(repr(item))
        elif isinstance(value, ast.AST):
            _write(value, parts, depth + 1, nodes)
        else:
            parts.append(_written(value))


def _written(value: object) -> str:
    # Beyond so many digits Python refuses to write a number in decimal.
    return hex(value) if isinstance(value, int) and not isinstance(value, bool) else repr(value)


def _tokens(node: ast.AST) -> Iterator[str]:
    """The tree as tokens: names that a program gives are all alike, those that it uses of libraries are not.

    Texts, annotations and imports do not count, nor do statements that are only a text.
    """
    match node:
        case ast.Name(id=name):
            yield name if name in _KNOWN else "name"
            return
        case ast.Constant(value=value):
            yield "text" if isinstance(value, str | bytes) else _written(value)
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

"""A .py file: its text as Python itself finds it, its syntax tree, and what tells it from other programs."""

from __future__ import annotations

import ast
import codecs
import hashlib
import io
import itertools
import re
import tokenize
import warnings
from collections.abc import Iterator
from typing import Final

from grader.sandbox.facts import (
    BYTES,
    DEPTH_CAP,
    ELLIPSIS,
    HALF,
    IMAGINARY,
    LARGE,
    LIST,
    NODE,
    NODES_CAP,
    PLAIN,
    Program,
    Scalar,
    Tree,
)

_COOKIE: Final = re.compile(r"^([ \t\f]*#.*?coding[:=][ \t]*)([-\w.]+)")
"""As PEP 263 defines it."""
_UTF_8: Final = ("utf-8", "utf-8-sig")
_INT_64: Final = 1 << 63
OTHER_ENCODING: Final = "Your file is written in an encoding that the grader cannot read: save it as UTF-8."


class Unfit(Exception):
    """A program that cannot be a solution; the message is a sentence for the student."""


def read_file(data: bytes) -> Program:
    """What a .py file holds.

    Raises:
        Unfit: saying why it cannot be a solution.
    """
    try:
        text = decoded(data)
    except (SyntaxError, UnicodeError, LookupError, ValueError):
        return Program(source=_as_python_refuses_it(data), likeness=likeness(None, data))
    if "\0" in text:
        raise Unfit("Your file is not text: it holds bytes that no program has. Is it really your .py file?")
    source = text.encode()
    return Program(source=source, likeness=likeness(parsed(text), source))


def decoded(data: bytes) -> str:
    """The text of a file as Python decodes it, saying of itself that it is UTF-8 if it has said something else.

    Whoever reads it from now on, in whatever way, reads the same program.

    Raises:
        SyntaxError, UnicodeError, LookupError, ValueError: if Python cannot decode it.
        Unfit: if what it decodes to says another encoding once more.
    """
    encoding = _encoding(data)
    # decode refuses what is no encoding of text, such as zlib; encode what some encodings know, half a character.
    text = data.decode(encoding).lstrip("\ufeff")
    text.encode()
    if codecs.lookup(encoding).name in _UTF_8:
        return text
    lines = re.split(r"(\r\n|\r|\n)", text, maxsplit=2)
    for place in (0, 2):
        if place < len(lines) and _COOKIE.match(lines[place]):
            lines[place] = _COOKIE.sub(r"\1utf-8", lines[place], count=1)
            break
    text = "".join(lines)
    if codecs.lookup(_encoding(text.encode())).name not in _UTF_8:
        raise Unfit(OTHER_ENCODING)
    return text


def _encoding(data: bytes) -> str:
    """What the file says that it is written in. Python takes a lone carriage return for a line's end here, too."""
    head = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return tokenize.detect_encoding(io.BytesIO(head).readline)[0]


def _as_python_refuses_it(data: bytes) -> bytes:
    """A file that cannot be decoded, for Python to say so where it would be run.

    Raises:
        Unfit: if Python would run it after all.
    """
    if parsed(data) is not None:
        raise Unfit(OTHER_ENCODING)
    return data


def parsed(source: str | bytes) -> ast.Module | None:
    """The syntax tree; None if it is no Python.

    Raises:
        Unfit: if it is nested too deeply, or of too many parts, to be looked through.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a student's "\d" is not the grader's to warn of
        try:
            return ast.parse(source)
        except (SyntaxError, ValueError):
            return None
        except (RecursionError, MemoryError):
            raise Unfit(TOO_DEEP) from None


TOO_DEEP: Final = "Your program is nested too deeply, or too long, to be read: brackets in brackets, or endless sums."
TOO_MANY: Final = (
    f"Your program has more than {NODES_CAP:,} names, numbers and signs, and a solution a few thousand: "
    "did you paste data into it?"
)


def likeness(tree: ast.Module | None, source: bytes) -> str:
    """Equal for sources that are parsed to the same tree; for what cannot be parsed, that are equal but for spaces.

    Raises:
        Unfit: if the tree is too large.
    """
    if tree is None:
        return hashlib.sha256(b"".join(source.split())).hexdigest()
    parts: list[str] = []
    _write(tree, parts, 0, itertools.count(1))
    return hashlib.sha256("\0".join(parts).encode("utf-8", "backslashreplace")).hexdigest()


def _write(node: ast.AST, parts: list[str], depth: int, nodes: Iterator[int]) -> None:
    """The tree, without places: what `_flat` tells, in a third of the time. A solution's is written each time."""
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


def tree_of(text: str) -> Tree:
    """The syntax tree of a program's text, as facts.

    Raises:
        Unfit: if it is too large.
    """
    found = parsed(text)
    return Tree([] if found is None else list(_flat(found)))


def _flat(tree: ast.Module) -> Iterator[Scalar]:
    """The items of `facts.Tree`."""
    waiting: list[tuple[object, int]] = [(tree, 0)]
    count = 0
    while waiting:
        thing, depth = waiting.pop()
        if isinstance(thing, ast.AST):
            count += 1
            if count > NODES_CAP:
                raise Unfit(TOO_MANY)
            if depth > DEPTH_CAP:
                raise Unfit(TOO_DEEP)
            yield NODE
            yield type(thing).__name__
            yield getattr(thing, "lineno", None)
            yield getattr(thing, "col_offset", None)
            fields = [(getattr(thing, name, None), depth + 1) for name in thing._fields]
            fields.reverse()
            waiting += fields
        elif isinstance(thing, list):
            yield LIST
            yield len(thing)
            waiting += [(item, depth) for item in reversed(thing)]
        else:
            yield from _constant(thing)


def _constant(value: object) -> tuple[Scalar, ...]:
    match value:
        case None | bool() | float():
            return PLAIN, value
        case str():
            try:
                value.encode()
            except UnicodeEncodeError:
                return HALF, value.encode("utf-8", "surrogatepass").hex()
            return PLAIN, value
        case int():
            return (PLAIN, value) if -_INT_64 <= value < _INT_64 else (LARGE, hex(value))
        case bytes():
            return BYTES, value.hex()
        case complex():
            return IMAGINARY, value.imag
    return (ELLIPSIS,)

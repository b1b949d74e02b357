"""A program's syntax tree, for checks of kind S: parsed by the reader, and built here of the plain facts it tells."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from grader.errors import CheckFailed, SandboxUnavailable
from grader.sandbox import facts
from grader.sandbox.reader import HERE, TooCostly


def syntax_of(text: str) -> ast.Module:
    """The tree of a program's text; empty if it cannot be parsed.

    Raises:
        CheckFailed: if it takes too much to look through: what nobody has seen is not taken for empty.
        SandboxUnavailable: if there is nobody to read it.
    """
    try:
        answer = HERE.ask(facts.ReadTree(text.encode("utf-8", "backslashreplace").decode()))
    except TooCostly as cost:
        raise CheckFailed(f"Your program takes {cost} to be looked through, and a solution next to nothing.") from None
    if isinstance(answer, facts.Program):
        raise CheckFailed(answer.problem)
    return tree_from(answer.items if isinstance(answer, facts.Tree) else [])


def tree_from(items: list[facts.Scalar]) -> ast.Module:
    """The tree that `facts.Tree` tells of; empty for an empty one.

    Raises:
        SandboxUnavailable: if they are no tree: the reader is ours.
    """
    if not items:
        return ast.Module(body=[], type_ignores=[])
    try:
        tree = _Builder(iter(items)).value(0)
    except (StopIteration, TypeError, ValueError, AttributeError, KeyError) as error:
        raise SandboxUnavailable(f"The reader told of no syntax tree ({type(error).__name__}).") from None
    if not isinstance(tree, ast.Module):
        raise SandboxUnavailable("The reader told of no syntax tree.")
    return tree


class _Builder:
    def __init__(self, items: Iterator[Any]) -> None:
        self._items = items

    def value(self, depth: int) -> Any:
        """The next node, list or constant."""
        if depth > 2 * facts.DEPTH_CAP + 2:
            raise ValueError("too deep")
        match next(self._items):
            case facts.NODE:
                return self._node(depth)
            case facts.LIST:
                return [self.value(depth + 1) for _ in range(next(self._items))]
            case facts.PLAIN:
                return next(self._items)
            case facts.ELLIPSIS:
                return ...
            case facts.BYTES:
                return bytes.fromhex(next(self._items))
            case facts.LARGE:
                return int(next(self._items), 16)
            case facts.HALF:
                return bytes.fromhex(next(self._items)).decode("utf-8", "surrogatepass")
            case facts.IMAGINARY:
                return complex(0.0, next(self._items))
        raise ValueError("neither a node, a list nor a constant")

    def _node(self, depth: int) -> ast.AST:
        kind = getattr(ast, next(self._items))
        if not (isinstance(kind, type) and issubclass(kind, ast.AST)):
            raise ValueError("no class of nodes")
        line, column = next(self._items), next(self._items)
        node = kind(**{name: self.value(depth + 1) for name in kind._fields})
        if line is not None:
            node.lineno, node.col_offset = line, column  # type: ignore[attr-defined]
        return node

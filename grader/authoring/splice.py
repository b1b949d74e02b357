"""Splices two programs' texts: each top-level statement of the one takes its place in the other.

It takes the place of the statement that binds the same name; a name that is bound twice has both statements there.
`del name` removes a statement. What has no place stands before the next statement that has one, or at the end; a new
import, however, with the other imports. Comments right above a statement belong to it, and all others stay.
"""

from __future__ import annotations

import ast
import copy
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise, takewhile

from grader.errors import AuthoringError
from grader.submissions.twins import start_of


def splice(base: str, overlay: str, header: int = 0) -> str:
    """The base with the overlay's statements in it, laid out as usual.

    Args:
        base: a program.
        overlay: what is to be spliced into it.
        header: lines at the top of the overlay that are no part of it.

    Raises:
        AuthoringError: if one of the two is not Python, or the overlay does not fit its base.
    """
    old, new = _pieces(base, "its base", 0), _pieces(overlay, "it", header)
    said = frozenset[str]().union(*(piece.binds | piece.removes for piece in new))
    # What stands where in the end: before everything, then in the place of each piece of the base.
    places: list[list[_Piece]] = [[], *([left] if (left := _without(piece, said)) else [] for piece in old)]
    waiting: list[_Piece] = []
    for piece in new:
        if piece.removes:
            _check_removal(piece, old)
            continue
        waiting.append(piece)
        if place := next((place for place, was in enumerate(old, 1) if was.binds & piece.binds), None):
            waiting[-1] = replace(piece, gap=old[place - 1].gap)
        elif piece.is_import:
            place = _place_for_import(piece, old)
        if place is not None:
            places[place] += waiting
            waiting = []
    return _laid_out([*chain.from_iterable(places), *waiting], as_they_were=set(pairwise(old)))


@dataclass(frozen=True)
class _Piece:
    """A top-level statement, with the comments right above it and the text right below, or comments alone.

    Statements that share a line are one piece.
    """

    text: str
    gap: int
    """Blank lines above it."""
    nodes: tuple[ast.stmt, ...] = ()

    @property
    def binds(self) -> frozenset[str]:
        """The names that it binds where it stands; "__doc__" if it is the program's docstring."""
        names = ["__doc__"] if self.is_docstring else chain.from_iterable(map(_names, self.nodes))
        return frozenset(names)

    @property
    def removes(self) -> frozenset[str]:
        """The names in `del a, b`."""
        targets = [target for node in self.nodes if isinstance(node, ast.Delete) for target in node.targets]
        return frozenset(target.id for target in targets if isinstance(target, ast.Name))

    @property
    def is_docstring(self) -> bool:
        return len(self.nodes) == 1 and _is_text(self.nodes[0])

    @property
    def is_import(self) -> bool:
        return bool(self.nodes) and all(isinstance(node, ast.Import | ast.ImportFrom) for node in self.nodes)

    @property
    def is_definition(self) -> bool:
        return any(isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) for node in self.nodes)


def _pieces(source: str, whose: str, skip: int) -> list[_Piece]:
    """A program cut at its top-level statements, without its first `skip` lines."""
    lines = source.split("\n")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            body = ast.parse(source).body
    except SyntaxError as error:
        raise AuthoringError(
            f"{whose} is not Python, see line {error.lineno} ({error.msg}). "
            "A program that Python cannot read stands alone: # base: none."
        ) from None
    return list(_cut(body, lines, skip))


def _cut(body: Sequence[ast.stmt], lines: Sequence[str], done: int) -> Iterator[_Piece]:
    groups: list[list[ast.stmt]] = []
    for node in body:
        if groups and (_is_text(node) or node.lineno <= _last_line(groups[-1])):
            groups[-1].append(node)
        else:
            groups.append([node])
    for nodes in groups:
        start = start_of(nodes[0], lines, done)
        yield from _loose(lines[done:start])
        end = _last_line(nodes)
        yield _Piece("\n".join(lines[start:end]), _blank(reversed(lines[done:start])), tuple(nodes))
        done = end
    yield from _loose(lines[done:])


def _loose(lines: Sequence[str]) -> Iterator[_Piece]:
    """Comments between two statements that belong to neither."""
    if text := "\n".join(lines).strip():
        yield _Piece(text, _blank(lines))


def _blank(lines: Iterable[str]) -> int:
    """How many blank lines they begin with."""
    return sum(1 for _ in takewhile(lambda line: not line.strip(), lines))


def _is_text(node: ast.stmt) -> bool:
    """Whether it is a text and nothing else: a docstring, or what describes a constant above it."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _last_line(nodes: Sequence[ast.stmt]) -> int:
    return max(node.end_lineno or node.lineno for node in nodes)


def _names(node: ast.AST) -> Iterator[str]:
    """The names that a statement binds where it stands."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            yield node.name
            return
        case ast.Lambda() | ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            return
        case ast.alias():
            yield (node.asname or node.name).split(".")[0]
        case ast.Name(ctx=ast.Store()):
            yield node.id
    for child in ast.iter_child_nodes(node):
        yield from _names(child)


def _without(piece: _Piece, said: frozenset[str]) -> _Piece | None:
    """What is left of a base's statement when the overlay binds or removes the names that it has `said`."""
    gone = piece.binds & said
    if not gone or gone == piece.binds:
        return None if gone else piece
    if not piece.is_import:
        raise AuthoringError(
            f"one statement of its base binds {_listed(piece.binds)}: bind all of them anew, not only {_listed(gone)}."
        )
    nodes = []
    for node in map(copy.copy, piece.nodes):
        assert isinstance(node, ast.Import | ast.ImportFrom)
        node.names = [alias for alias in node.names if not gone.intersection(_names(alias))]
        nodes += [node] if node.names else []
    return _Piece("\n".join(map(ast.unparse, nodes)), piece.gap, tuple(nodes))


def _check_removal(piece: _Piece, old: Sequence[_Piece]) -> None:
    if unknown := piece.removes.difference(*(was.binds for was in old)):
        raise AuthoringError(f"it removes {_listed(unknown)}, which its base does not bind.")


def _place_for_import(piece: _Piece, old: Sequence[_Piece]) -> int:
    """The place of the last of the imports that the base begins with; of its docstring, for what must come first."""
    comes_first = any(isinstance(node, ast.ImportFrom) and node.module == "__future__" for node in piece.nodes)
    found = 0
    for place, was in enumerate(old, 1):
        if was.is_docstring or (was.is_import and not comes_first):
            found = place
        elif was.nodes:
            break
    return found


def _laid_out(pieces: Sequence[_Piece], as_they_were: set[tuple[_Piece, _Piece]]) -> str:
    """The pieces as one text: neighbours as they were, and others with as many blank lines between them as is usual."""
    text = [f"{piece.text}\n" for piece in pieces[:1]]
    for above, below in pairwise(pieces):
        gap = below.gap
        if above.nodes and below.nodes and (above, below) not in as_they_were:
            apart = above.is_docstring or above.is_import is not below.is_import
            gap = max(gap, 2 if above.is_definition or below.is_definition else int(apart))
        text.append("\n" * gap + f"{below.text}\n")
    return "".join(text)


def _listed(names: Iterable[str]) -> str:
    return " and ".join(sorted(names))

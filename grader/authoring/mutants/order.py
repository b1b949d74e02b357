"""Operators on order: what is done too early, too late or too often, and names that are taken for each other."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from grader.authoring.mutants.change import Change, Site, changed, written_as
from grader.submissions.twins import first_line

_FIXED: Final = (
    *(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom),
    *(ast.Return, ast.Raise, ast.Break, ast.Continue, ast.Pass, ast.Global, ast.Nonlocal),
)
"""What stands after one of these is not reached, or it is all the same where it stands."""


def order(site: Site) -> Iterator[Change]:
    """Two neighbouring statements change places: `optimizer.step()` and `loss.backward()`."""
    for body in _bodies(site):
        for one, other in pairwise(body):
            if not (isinstance(one, _FIXED) or isinstance(other, _FIXED) or _is_text(one) or _apart(one, other)):
                yield Change(one, [other, one], other)


def outside(site: Site) -> Iterator[Change]:
    """The first statement of a loop stands before it, or the last after it: done once, not each time."""
    match site.node:
        case ast.For(body=[first, _, *_] as body) | ast.While(body=[first, _, *_] as body) as loop:
            last = body[-1]
            if not isinstance(first, _FIXED):
                header = site.lines[loop.lineno - 1 : first_line(first) - 1]
                head = textwrap.dedent(b"\n".join(header).decode())
                yield Change(loop, [written_as(first, site.lines), head], first)
            if not isinstance(last, _FIXED) and last.lineno > (body[-2].end_lineno or 0):
                until = body[-2].end_lineno or body[-2].lineno
                whole = textwrap.dedent(b"\n".join(site.lines[loop.lineno - 1 : until]).decode())
                yield Change(loop, [whole, written_as(last, site.lines)], last)


def name(site: Site) -> Iterator[Change]:
    """A parameter is taken for the next one, and so is one of several names that are bound together: `X` for `y`."""
    match site.node:
        case ast.Name(id=found, ctx=ast.Load()) as node if isinstance(site.scope, ast.FunctionDef):
            for group in _bound_together(site.scope):
                if found in group:
                    other = group[(group.index(found) + 1) % len(group)]
                    yield Change(node, changed(node, id=other))
                    return


def _bound_together(function: ast.FunctionDef) -> Iterator[list[str]]:
    """Names of a function that somebody may take for each other: two or more."""
    arguments = function.args
    parameters = [argument.arg for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
    groups = [[word for word in parameters if word != "self"]]
    for node in ast.walk(function):
        if isinstance(node, ast.Tuple) and isinstance(node.ctx, ast.Store):
            groups.append([leaf.id for leaf in node.elts if isinstance(leaf, ast.Name) and leaf.id != "_"])
    yield from (group for group in groups if len(group) > 1)


def _bodies(site: Site) -> Iterator[list[ast.stmt]]:
    if site.function:
        for field in ("body", "orelse", "finalbody"):
            if isinstance(body := getattr(site.node, field, None), list):
                yield body


def _apart(one: ast.stmt, other: ast.stmt) -> bool:
    """Whether it is plain that their order is all the same: one binds a name to what is no call, for later use."""
    names, others = ({leaf.id for leaf in ast.walk(node) if isinstance(leaf, ast.Name)} for node in (one, other))
    return not names & others and any(
        isinstance(node, ast.Assign) and not any(isinstance(leaf, ast.Call) for leaf in ast.walk(node.value))
        for node in (one, other)
    )


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


OPERATORS: Final = (order, outside, name)

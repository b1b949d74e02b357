"""Operators on whole statements: what is forgotten, or done in the wrong mode."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final

from grader.authoring.mutants.change import Change, Site, changed

_KEPT: Final = (
    *(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Return, ast.Pass, ast.Import, ast.ImportFrom),
    *(ast.Break, ast.Continue, ast.Global, ast.Nonlocal),
)
"""Without one of these a program has no such name at all, or other operators do as much."""


def statement(site: Site) -> Iterator[Change]:
    """A statement is removed: `optimizer.zero_grad()`, `model.eval()`, a whole loop.

    Not one without which a name is never bound: that each program would notice.
    """
    node = site.node
    if isinstance(node, ast.stmt) and not isinstance(node, _KEPT) and not _binds_alone(node, site):
        yield Change(node, [])


def _binds_alone(node: ast.stmt, site: Site) -> bool:
    match node:
        case ast.Assign(targets=targets):
            pass
        case ast.AnnAssign(target=target):
            targets = [target]
        case _:
            return False
    if any(isinstance(target, ast.Attribute | ast.Subscript) for target in targets):
        return False
    names = {leaf.id for target in targets for leaf in ast.walk(target) if isinstance(leaf, ast.Name)}
    return not any(_bound(leaf) & names for leaf in ast.walk(site.scope) if not _is_part_of(leaf, node))


def _is_part_of(leaf: ast.AST, node: ast.stmt) -> bool:
    return any(leaf is part for part in ast.walk(node))


def _bound(leaf: ast.AST) -> set[str]:
    match leaf:
        case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
            return {name}
    return set()


def otherwise(site: Site) -> Iterator[Change]:
    """A branch `else` of several statements does nothing; of one, that statement is removed."""
    match site.node:
        case ast.If(orelse=[_, _, *_]) as node:
            yield Change(node, [ast.If(test=node.test, body=node.body, orelse=[])])


def context(site: Site) -> Iterator[Change]:
    """A block is done without its `with`: `with torch.no_grad():` is forgotten."""
    match site.node:
        case ast.With(body=body) as node:
            yield Change(node, body)


def decorator(site: Site) -> Iterator[Change]:
    """A decorator is left out: `@torch.no_grad()`."""
    match site.node:
        case ast.FunctionDef(decorator_list=decorators) | ast.ClassDef(decorator_list=decorators):
            for found in decorators:
                yield Change(found, [])


def mode(site: Site) -> Iterator[Change]:
    """`.eval()` becomes `.train()`, and the other way round."""
    match site.node:
        case ast.Call(func=ast.Attribute(attr="eval" | "train" as name) as method) as node:
            other = "train" if name == "eval" else "eval"
            yield Change(node, changed(node, func=changed(method, attr=other)))


OPERATORS: Final = (statement, otherwise, context, decorator, mode)

"""What a name of a submission is made of, as one reads it: its definition, and all of the file that this refers to.

A witness of how something is done counts only if the source does not speak against it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator


def reached(tree: ast.Module, name: str) -> list[ast.AST]:
    """All nodes of the definitions that `name` leads to, through names of the same file; [] if nothing defines it."""
    defined: dict[str, list[ast.stmt]] = {}
    for statement in tree.body:
        for bound in _bound_by(statement):
            defined.setdefault(bound, []).append(statement)
    found: list[ast.AST] = []
    waiting, seen = [name], set[str]()
    while waiting:
        if (wanted := waiting.pop()) in seen:
            continue
        seen.add(wanted)
        for statement in defined.get(wanted, []):
            inside = list(ast.walk(statement))
            found += inside
            waiting += [node.id for node in inside if isinstance(node, ast.Name) and node.id in defined]
    return found


def names_in(nodes: list[ast.AST]) -> set[str]:
    """The names and attributes that stand there."""
    return {node.attr for node in nodes if isinstance(node, ast.Attribute)} | {
        node.id for node in nodes if isinstance(node, ast.Name)
    }


def _bound_by(statement: ast.stmt) -> Iterator[str]:
    match statement:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.Assign(targets=targets):
            yield from (node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name))
        case ast.AnnAssign(target=ast.Name(id=name)):
            yield name

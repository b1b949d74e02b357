"""What a stub leaves to be written, name by name, and what of it a work still has as the stub had it."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from grader.checks.syntax import syntax_of
from grader.errors import CheckFailed


@dataclass(frozen=True)
class Gap:
    """Something that a stub leaves open.

    Attributes:
        name: "train", "Dense.forward", "STEPS".
        node: the statement in the stub.
    """

    name: str
    node: ast.stmt


def gaps(stub: str) -> list[Gap]:
    """What a stub leaves to be written: functions and methods without a body, and constants without a value.

    A body is missing where it raises NotImplementedError, or is nothing but `...` or `pass`; a value is missing where
    it is None, `...` or something empty.
    """
    return list(_gaps(_parsed(stub).body, ""))


def left_open(stub: str, work: str) -> list[str]:
    """The names that a work still has as the stub had them; none if the work cannot be parsed."""
    try:
        tree = syntax_of(work)
    except CheckFailed:
        return []
    there = {gap.name: ast.dump(_bare(gap.node)) for gap in _gaps(tree.body, "")}
    return [gap.name for gap in gaps(stub) if there.get(gap.name) == ast.dump(_bare(gap.node))]


def _parsed(text: str) -> ast.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a student's "\d" is not the grader's to warn of
        try:
            return ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return ast.Module(body=[], type_ignores=[])


def _gaps(statements: list[ast.stmt], owner: str) -> Iterator[Gap]:
    for node in statements:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                if _is_open(node.body):
                    yield Gap(owner + name, node)
            case ast.ClassDef(name=name):
                if not owner and _is_open(node.body):
                    yield Gap(name, node)
                elif not owner:
                    yield from _gaps(node.body, f"{name}.")
            case ast.Assign(targets=[ast.Name(name)], value=value) | ast.AnnAssign(target=ast.Name(name), value=value):
                if value is not None and _is_empty(value):
                    yield Gap(owner + name, node)


def _is_open(body: list[ast.stmt]) -> bool:
    """Whether a function's or a class's body is still to be written."""
    rest = [statement for statement in body if not _is_text(statement)]
    return all(_says_nothing(statement) for statement in rest) or any(_raises(statement) for statement in rest)


def _is_text(statement: ast.stmt) -> bool:
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Constant)
        and statement.value.value is not ...
    )


def _says_nothing(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Pass) or (
        isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant) and statement.value.value is ...
    )


def _raises(statement: ast.stmt) -> bool:
    if not isinstance(statement, ast.Raise) or statement.exc is None:
        return False
    raised = statement.exc.func if isinstance(statement.exc, ast.Call) else statement.exc
    return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"


def _is_empty(value: ast.expr) -> bool:
    match value:
        case ast.Constant(constant):
            return constant is None or constant is ... or constant == ""
        case ast.List(elts=[]) | ast.Tuple(elts=[]) | ast.Dict(keys=[]):
            return True
        case ast.Call(func=ast.Name("list" | "dict" | "set" | "tuple"), args=[], keywords=[]):
            return True
    return False


def _bare(node: ast.stmt) -> ast.stmt:
    """The statement without its docstring, its comments being gone already."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        copy = type(node)(**dict(ast.iter_fields(node)))
        copy.body = [statement for statement in node.body if not _is_text(statement)]
        return copy
    return node

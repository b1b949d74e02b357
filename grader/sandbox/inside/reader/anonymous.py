"""A program without what tells who wrote it: for a group of students who have made the same mistake."""

from __future__ import annotations

import ast
import re
from typing import Final

from grader.sandbox.facts import Content, WithoutNames
from grader.sandbox.inside.reader.likeness import SKETCHED_AT_MOST
from grader.sandbox.inside.reader.programs import parsed

_WORD: Final = re.compile(r"[^\W\d_]{3,}")


def anonymous(question: WithoutNames) -> Content:
    """The program without comments and docstrings; empty if it cannot be shown, or a name is in it all the same.

    Names are looked for in texts, imports, and the names that the program itself gives; not in those that it uses of a
    library, or a student called Max would be in every program.

    Raises:
        Unfit: if it is too large to be looked through.
    """
    tree = parsed(question.source) if len(question.source) <= SKETCHED_AT_MOST else None
    if tree is None:
        return Content(b"")
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            node.body = [s for s in node.body if not _is_text(s)] or [ast.Pass()]
    words = {word for node in ast.walk(tree) for text in _own_words(node) for word in _words(text)}
    if words & {word for name in question.names for word in _words(name)}:
        return Content(b"")
    return Content((ast.unparse(tree) + "\n").encode("utf-8", "backslashreplace"))


def _own_words(node: ast.AST) -> list[str]:
    """What a node holds of its writer's own words."""
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.Constant(value=bytes(data)):
            return [data.decode("utf-8", "replace")]
        case ast.Name(id=name, ctx=ast.Store()):
            return [name]
        case ast.arg(arg=name):
            return [name]
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case ast.Attribute(attr=name, ctx=ast.Store()):
            return [name]
        case ast.alias(name=name, asname=other):
            return [name, other or ""]
        case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)):
            return [name]
        case _:
            return []


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _is_text(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)

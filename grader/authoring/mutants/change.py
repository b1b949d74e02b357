"""A change of one place in a program, and the text that it makes."""

from __future__ import annotations

import ast
import copy
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from grader.submissions.twins import first_line

_LOOSE: Final = (ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.Lambda, ast.Tuple)
_BINDS: Final = (
    *(ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.Attribute, ast.Subscript, ast.Starred),
    *(ast.Call, ast.Tuple, ast.List, ast.Set, ast.Dict, ast.keyword),
)
"""A loose expression inside one of these is put in parentheses, except as an argument or an item."""
_ITEMS: Final = (ast.Call, ast.Tuple, ast.List, ast.Set, ast.Dict, ast.keyword)
_MODULES: Final = ("torch", "nn", "F", "init", "np", "numpy", "math", "copy", "super")
"""Names that stand for modules, as everybody calls them; super() takes no argument either."""
_FUNCTIONS: Final = (ast.FunctionDef, ast.AsyncFunctionDef)

Node = TypeVar("Node", bound=ast.AST)


@dataclass(frozen=True)
class Site:
    """A node of a program, with those around it, the nearest first."""

    node: ast.AST
    around: tuple[ast.AST, ...] = ()
    lines: Sequence[bytes] = field(default=(), repr=False)
    """Of the program, without their ends: columns count bytes."""

    @property
    def parent(self) -> ast.AST | None:
        """The node right around it."""
        return self.around[0] if self.around else None

    @property
    def function(self) -> str:
        """The function that it is part of, as `Dense.forward`; "" at the top of the program."""
        inside = (self.node, *self.around)
        if not any(isinstance(node, _FUNCTIONS) for node in inside):
            return ""
        return ".".join(node.name for node in reversed(inside) if isinstance(node, (*_FUNCTIONS, ast.ClassDef)))

    @property
    def scope(self) -> ast.AST:
        """The innermost function around it, else the outermost node."""
        inside = (self.node, *self.around)
        return next((node for node in inside if isinstance(node, _FUNCTIONS)), inside[-1])


@dataclass(frozen=True)
class Change:
    """What takes the place of a node: an expression that of an expression, statements that of a statement.

    No statements: it is removed. Statements of the program itself stand there as they were written; a text is one, or
    the beginning of one, too.
    """

    old: ast.expr | ast.stmt
    new: ast.expr | Sequence[ast.stmt | str]
    last: ast.stmt | None = None
    """The last of the statements in whose place the new ones stand; None: there is one."""


def changed(node: Node, **fields: Any) -> Node:
    """A copy of a node with other fields, which nothing of the program is changed by."""
    found = copy.copy(node)
    for name, value in fields.items():
        setattr(found, name, value)
    return found


def is_of_a_module(function: ast.Attribute) -> bool:
    """Whether it is a module's function, such as `torch.relu` or `nn.init.zeros_`, and no tensor's method."""
    root: ast.expr = function
    while isinstance(root, ast.Attribute):
        root = root.value
    return isinstance(root, ast.Name) and root.id in _MODULES


def sites(program: ast.Module, source: str) -> Iterator[Site]:
    """What of a program may be changed, from the top.

    No annotations, imports, docstrings or words of errors: they do nothing that could be asked.
    """
    yield from _inside(program, (), source.encode().split(b"\n"))


def _inside(node: ast.AST, around: tuple[ast.AST, ...], lines: Sequence[bytes]) -> Iterator[Site]:
    yield Site(node, around, lines)
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "bases"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _says_nothing(child, node):
                yield from _inside(child, (node, *around), lines)


def _says_nothing(node: ast.AST, parent: ast.AST) -> bool:
    match node:
        case ast.Import() | ast.ImportFrom() | ast.JoinedStr() | ast.expr_context() | ast.operator():
            return True
        case ast.Expr(value=ast.Constant()):
            return True
        case ast.Call():
            return isinstance(parent, ast.Raise)
    return False


def text_of(site: Site, change: Change) -> str:
    """The program's text with the change made: all else stays as it was written."""
    lines, old, until = site.lines, change.old, change.last or change.old
    first, last = old.lineno, until.end_lineno or until.lineno
    start, end = old.col_offset, until.end_col_offset or 0
    if isinstance(change.new, ast.expr):
        new = ast.unparse(change.new)
        bare = not lines[first - 1][:start].endswith(b"(") or not lines[last - 1][end:].startswith(b")")
        if bare and isinstance(change.new, _LOOSE) and _needs_parentheses(old, change.new, _parent_of(old, site)):
            new = f"({new})"
    elif isinstance(old, ast.expr):
        # A decorator, with the @ before it.
        return "\n".join(line.decode() for line in (*lines[: first - 1], *lines[last:]))
    else:
        first = first_line(old)
        alone = not lines[first - 1][:start].strip() and not lines[last - 1][end:].split(b"#")[0].strip()
        if not change.new and alone and _has_siblings(old, site):
            return "\n".join(line.decode() for line in (*lines[: first - 1], *lines[last:]))
        written = [node if isinstance(node, str) else written_as(node, lines) for node in change.new] or ["pass"]
        new = textwrap.indent("\n".join(written), " " * start).lstrip()
    before, after = lines[first - 1][:start], lines[last - 1][end:]
    whole = (*lines[: first - 1], before + new.encode() + after, *lines[last:])
    return "\n".join(line.decode() for line in whole)


def _parent_of(node: ast.AST, site: Site) -> ast.AST | None:
    """The node right around the site's node, or around one inside of it."""
    if node is site.node:
        return site.parent
    inner = ast.walk(site.node)
    return next((outer for outer in inner if any(child is node for child in ast.iter_child_nodes(outer))), None)


def _needs_parentheses(old: ast.AST, new: ast.expr, parent: ast.AST | None) -> bool:
    if isinstance(new, ast.Tuple) or not isinstance(parent, _BINDS):
        return False  # ast.unparse puts its own around a tuple
    if isinstance(parent, ast.IfExp):
        return isinstance(new, ast.IfExp | ast.Lambda)
    return not isinstance(parent, _ITEMS) or (isinstance(parent, ast.Call) and parent.func is old)


def _has_siblings(statement: ast.stmt, site: Site) -> bool:
    bodies = [
        value
        for node in (site.node, *site.around)
        for _, value in ast.iter_fields(node)
        if isinstance(value, list) and any(item is statement for item in value)
    ]
    return any(len(body) > 1 for body in bodies)


def written_as(node: ast.stmt, lines: Sequence[bytes]) -> str:
    """A statement as it stands in the program, from the first column on; one that is new, as Python writes it."""
    if getattr(node, "lineno", None) is None:
        return ast.unparse(node)
    found = b"\n".join(lines[first_line(node) - 1 : node.end_lineno]).decode()
    return textwrap.dedent(" " * node.col_offset + found.lstrip())

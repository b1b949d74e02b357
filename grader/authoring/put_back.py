"""Puts a stub's own statement back into a solution, a name at a time: work of which one part is still to be done."""

from __future__ import annotations

import ast
import textwrap

from grader.submissions.twins import first_line
from grader.submissions.unfinished import Gap, gaps


def unfinished(stub: str, solution: str) -> dict[str, str]:
    """Name → the solution with that name as the stub has it, for every name that the stub leaves open.

    A name that the solution does not define at its place (it may import it, or make it in a loop) is added at the end,
    where it takes the place of whatever the solution has made.
    """
    return {gap.name: _put_back(stub, solution, gap) for gap in gaps(stub)}


def _put_back(stub: str, solution: str, gap: Gap) -> str:
    piece = textwrap.dedent(_segment(stub, gap.node))
    *owners, name = gap.name.split(".")
    body: list[ast.stmt] = ast.parse(solution).body
    for owner in owners:
        found = [node for node in body if isinstance(node, ast.ClassDef) and node.name == owner]
        if not found:
            return f"{solution.rstrip()}\n\n\n{owner}.{name} = None\n"
        body = found[-1].body
    defined = [node for node in body if name in _names(node)]
    if not defined:
        if owners:
            return f"{solution.rstrip()}\n\n\n{piece}\n\n{owners[0]}.{name} = {name}\n"
        return f"{solution.rstrip()}\n\n\n{piece}\n"
    lines = solution.split("\n")
    # From the last one on: a name that is defined twice is what its last definition makes it.
    node = defined[-1]
    first, last = first_line(node), node.end_lineno or node.lineno
    lines[first - 1 : last] = textwrap.indent(piece, " " * node.col_offset).split("\n")
    return "\n".join(lines)


def _segment(text: str, node: ast.stmt) -> str:
    return "\n".join(text.split("\n")[first_line(node) - 1 : node.end_lineno])


def _names(node: ast.stmt) -> set[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return {name}
        case ast.Assign(targets=targets):
            return {target.id for target in targets if isinstance(target, ast.Name)}
        case ast.AnnAssign(target=ast.Name(name)):
            return {name}
    return set()

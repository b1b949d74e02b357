"""What a name of a submission is made of, as one reads it: its definition, and all of the file that this refers to.

A witness of how something is done counts only if the source bears it: a worker that is taken over can say anything, and
what nobody finds in the source is not believed. Any spelling will do, so only what is not there at all is missed.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cached_property

from grader.checks.findings import Findings
from grader.errors import CheckFailed

_WORD = re.compile(r"[A-Za-z_]\w*")
_SAY_IT = "What is seen must be found in the source: write it where it can be read, in {name} or in what it calls."


class Reading:
    """What one name of a submission leads to. Of a name that nothing in the file binds: the whole file.

    Args:
        tree: the file.
        name: the function or class that was asked.
        findings: where it is kept, for a person, that a witness said what the source does not.
    """

    def __init__(self, tree: ast.Module, name: str, findings: Findings) -> None:
        self._tree, self._name, self._findings = tree, name, findings
        self.nodes = reached(tree, name) or list(ast.walk(tree))

    @cached_property
    def words(self) -> frozenset[str]:
        """Names, attributes, keywords and the words in texts, and what imported names were called where they are from.

        So `getattr(torch, "no_grad")` and `from torch import no_grad as quiet` say `no_grad`, too.
        """
        origins = {alias.asname: alias.name for alias in self._imports() if alias.asname}
        found = names_in(self.nodes)
        for node in self.nodes:
            match node:
                case ast.keyword(arg=str(text)) | ast.Constant(value=str(text)):
                    found.update(_WORD.findall(text))
        return frozenset(found.union(*(_WORD.findall(origins[name]) for name in found & origins.keys())))

    def says(self, *words: str) -> bool:
        """Whether one of these words stands there."""
        return not self.words.isdisjoint(words)

    def calls(self, *names: str) -> list[ast.Call]:
        """The calls of functions or methods of these names; without names, all."""
        calls = [node for node in self.nodes if isinstance(node, ast.Call)]
        return [call for call in calls if not names or _called(call) in names]

    def takes(self, number: int) -> str | None:
        """What its parameter with this number is called, from 0; None if that cannot be told, as with `*args`."""
        for node in self._own():
            given = node.args
            named = [*given.posonlyargs, *given.args]
            if given.vararg is None and given.kwarg is None and number < len(named):
                return named[number].arg
        return None

    def fates(self, number: int) -> set[str] | None:
        """What becomes of its parameter with this number; None if that cannot be told.

        Each is the innermost call that the parameter is handed to, or what is asked of the parameter itself, such as
        `detach` in `f(x.detach())`; "" where there is neither.
        """
        parameter = self.takes(number)
        if parameter is None or self.says("locals", "vars", "exec", "eval"):
            return None
        return {fate for node in self._own() for fate in _fates(node.body, parameter, "")}

    def leaves(self, *setters: str) -> ast.expr | None:
        """What its last call of one of these setters is given: so it leaves a setting that nothing else puts back.

        Told only of a straight line: None if no setter is called, or if one stands where it may not run, may run again
        or is undone at the end (in an if, a loop, a with, under a decorator, in another definition), or is given a name
        that the function has bound. A setter is called for what it does, as in `torch.set_grad_enabled(False)`.
        """
        own = self._own()
        if len(own) != 1 or isinstance(own[0], ast.Lambda) or own[0].decorator_list or _may_end_early(own[0]):
            return None
        names = {*setters, *(alias.asname for alias in self._imports() if alias.name in setters and alias.asname)}
        calls = [call for call in _in_line(own[0].body) if _called(call) in names]
        if not calls or sum(_is_said(node, names) for node in self.nodes) != len(calls):
            return None
        given = [*calls[-1].args, *(keyword.value for keyword in calls[-1].keywords)]
        bound = {node.id for node in ast.walk(own[0]) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
        return given[0] if given and names_in([*ast.walk(given[0])]).isdisjoint(bound) else None

    def expect(self, holds: bool, seen: str) -> None:
        """The source bears what was seen: a clause, such as "While way_1 ran, autograd was seen to be off".

        Raises:
            CheckFailed: if it does not. A person is told to look at it, too.
        """
        if holds:
            return
        lines = [line for node in self.nodes if (line := getattr(node, "lineno", 0))]
        where = f"{self._name}, line {min(lines)}" if lines else self._name
        self._findings.doubts[f"is seen to do what its source does not say ({where})"] = None
        raise CheckFailed(
            f"{seen}, but nothing in the source of {self._name} could do that.", mistake=_SAY_IT.format(name=self._name)
        )

    def _imports(self) -> list[ast.alias]:
        return [alias for node in ast.walk(self._tree) if isinstance(node, _IMPORTS) for alias in node.names]

    def _own(self) -> list[ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda]:
        """The functions that the name itself stands for."""
        bound = _bindings(self._tree.body).get(self._name, [])
        whole = [statement for statement in bound if isinstance(statement, ast.FunctionDef)]
        if whole:
            return [*whole]
        lambdas = [node for statement in bound for node in ast.walk(statement) if isinstance(node, ast.Lambda)]
        return [*lambdas[:1]]


_IMPORTS = (ast.Import, ast.ImportFrom)
_FORKS = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.Match, ast.ExceptHandler)


def reached(tree: ast.Module, name: str) -> list[ast.AST]:
    """All nodes of the definitions that `name` leads to, through names of the same file; [] if nothing defines it."""
    defined = _bindings(tree.body)
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


def _bindings(body: list[ast.stmt]) -> dict[str, list[ast.stmt]]:
    """Name → the statements of the file that bind it, or something of it, also in blocks such as `if` and `try`."""
    defined: dict[str, list[ast.stmt]] = {}
    for statement in body:
        for bound in _bound_by(statement):
            defined.setdefault(bound, []).append(statement)
    return defined


def _bound_by(statement: ast.stmt) -> Iterator[str]:
    match statement:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.Assign(targets=targets):
            yield from (node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name))
        case ast.AnnAssign(target=ast.Name(id=name)):
            yield name
        case ast.If() | ast.Try() | ast.With() | ast.For() | ast.While():
            for inner in ast.iter_child_nodes(statement):
                for part in inner.body if isinstance(inner, ast.ExceptHandler) else [inner]:
                    if isinstance(part, ast.stmt):
                        yield from _bound_by(part)


def _called(call: ast.Call) -> str:
    """The name of the function or method that is called; "" if it has none."""
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def _in_line(body: list[ast.stmt]) -> Iterator[ast.Call]:
    """The calls that stand for themselves and always run, in their order, as far as nothing raises."""
    for statement in body:
        match statement:
            case ast.Expr(value=ast.Call() as call):
                yield call
            case ast.Try():
                yield from _in_line([*statement.body, *statement.orelse, *statement.finalbody])


def _may_end_early(function: ast.AST) -> bool:
    forks = [node for node in ast.walk(function) if isinstance(node, _FORKS)]
    return any(isinstance(node, ast.Return) for fork in forks for node in ast.walk(fork))


def _is_said(node: ast.AST, names: set[str]) -> bool:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.Constant(value=str(name)):
            return name in names
        case _:
            return False


def _fates(part: object, parameter: str, call: str) -> Iterator[str]:
    match part:
        case list():
            for item in part:
                yield from _fates(item, parameter, call)
        case ast.Name(id=name) if name == parameter and isinstance(part.ctx, ast.Load):
            yield call
        case ast.Attribute(attr=name):
            yield from _fates(part.value, parameter, name)
        case ast.Call():
            yield from _fates(part.func, parameter, call)
            yield from _fates([*part.args, *part.keywords], parameter, _called(part))
        case ast.AST():
            for child in ast.iter_child_nodes(part):
                yield from _fates(child, parameter, call)

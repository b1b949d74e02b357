"""Operators on calls: an argument too few, in the wrong place, or a step of the way left out."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Final

from grader.authoring.mutants.change import Change, Site, changed, is_of_a_module

_CONVERSIONS: Final = re.compile(
    "float|double|half|long|int|bool|type|to|cpu|cuda|item|tolist|numpy|squeeze|unsqueeze|flatten|reshape|view|"
    "expand_as|view_as|permute|transpose|t|contiguous|requires_grad_|abs|sqrt|exp|log|sigmoid|softmax|log_softmax"
)
_DETACHED: Final = ("detach", "detach_")
_COPIES: Final = ("clone", "copy")
_BUILTIN: Final = ("float", "int", "bool", "str", "sorted", "abs", "round")
_BUILTIN_COPIES: Final = ("list", "dict", "tuple", "set", "deepcopy")
_ALIASED: Final = {("torch", "tensor"): "as_tensor", ("np", "array"): "asarray", ("numpy", "array"): "asarray"}


def argument(site: Site) -> Iterator[Change]:
    """A named argument is dropped, or the last of the others; not the only one of a function that needs it."""
    if not isinstance(node := site.node, ast.Call):
        return
    for place, keyword in enumerate(node.keywords):
        if keyword.arg is not None:
            yield Change(node, changed(node, keywords=node.keywords[:place] + node.keywords[place + 1 :]))
    if node.args and (len(node.args) > 1 or (isinstance(node.func, ast.Attribute) and not is_of_a_module(node.func))):
        yield Change(node, changed(node, args=node.args[:-1]))


def swapped(site: Site) -> Iterator[Change]:
    """Two neighbouring arguments change places."""
    if isinstance(node := site.node, ast.Call):
        for place in range(len(node.args) - 1):
            first, second = node.args[place : place + 2]
            yield Change(node, changed(node, args=[*node.args[:place], second, first, *node.args[place + 2 :]]))


def conversion(site: Site) -> Iterator[Change]:
    """`.float()`, `.long()`, `.reshape(…)`, `.softmax(…)` or `float(…)` is left out."""
    match site.node:
        case ast.Call(func=ast.Attribute(value=value, attr=name) as function) as node if _CONVERSIONS.fullmatch(name):
            if not is_of_a_module(function):
                yield Change(node, value)
        case ast.Call(func=ast.Name(id=name), args=[value]) as node if name in _BUILTIN:
            yield Change(node, value)
        case ast.Attribute(value=value, attr="T" | "mT") as node:
            yield Change(node, value)


def detached(site: Site) -> Iterator[Change]:
    """`.detach()` is left out."""
    match site.node:
        case ast.Call(func=ast.Attribute(value=value, attr=name)) as node if name in _DETACHED:
            yield Change(node, value)


def alias(site: Site) -> Iterator[Change]:
    """A copy becomes the thing itself: `x.clone()`, `copy.deepcopy(x)`, `list(x)`, `torch.tensor(x)`."""
    match site.node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id="copy"), attr="deepcopy" | "copy"), args=[value]) as node:
            yield Change(node, value)
        case ast.Call(func=ast.Attribute(value=ast.Name(id=module), attr=name) as function) as node if (
            module,
            name,
        ) in _ALIASED:
            kept = [word for word in node.keywords if word.arg != "requires_grad"]
            if kept == node.keywords and not any(map(_is_literal, node.args[:1])):
                yield Change(node, changed(node, func=changed(function, attr=_ALIASED[module, name])))
        case ast.Call(func=ast.Attribute(value=value, attr=name), args=[]) as node if name in _COPIES:
            yield Change(node, value)
        case ast.Call(func=ast.Name(id=name), args=[value]) as node if name in _BUILTIN_COPIES:
            if not isinstance(value, ast.GeneratorExp):
                yield Change(node, value)


def _is_literal(node: ast.expr) -> bool:
    """Whether it is numbers that are written there: nothing else has them, so that nothing can be an alias of them."""
    try:
        ast.literal_eval(node)
    except ValueError:
        return False
    return True


OPERATORS: Final = (argument, swapped, conversion, detached, alias)

"""Operators that matter for programs with tensors: dimensions, reductions, memory, parameters and losses."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Final

from grader.authoring.mutants.change import Change, Site, changed, is_of_a_module

_DIMENSIONS: Final = (0, 1, -1)
_TAKE_A_DIMENSION: Final = re.compile(
    "sum|mean|std|var|max|min|argmax|argmin|softmax|log_softmax|cat|stack|squeeze|unsqueeze|flatten|size|"
    "logsumexp|norm|prod|cumsum|sort|topk|chunk|all|any"
)
_IN_PLACE: Final = re.compile(r"[a-z]\w*[a-z0-9]_")
_HAVE_A_TWIN: Final = re.compile(
    "add|sub|mul|div|exp|log|cos|sin|tan|tanh|relu|sigmoid|sqrt|clamp|abs|neg|zero|copy|pow|clamp_min|round"
)
_LOSSES: Final = re.compile(r"(\w*criterion|\w*loss(_fn|_function)?|cross_entropy)")
_DTYPES: Final = {
    "float": "float64", "float32": "float64", "float64": "float32", "double": "float32",
    "int": "int64", "int32": "int64", "int64": "int32", "long": "int32",
}  # fmt: skip
_REDUCTIONS: Final = {"mean": "sum", "sum": "mean"}
_PLAIN: Final = ("Parameter", "ModuleList", "ModuleDict", "ParameterList", "ParameterDict")


def dim(site: Site) -> Iterator[Change]:
    """A dimension that is 0, 1 or -1 becomes each of the other two."""
    match site.node:
        case ast.Call(func=function, args=arguments, keywords=keywords):
            named = [word.value for word in keywords if word.arg in ("dim", "axis", "start_dim", "end_dim")]
            name = function.attr if isinstance(function, ast.Attribute) else ""
            # The tensor's own methods begin with it, functions of torch have it second.
            placed = arguments[:2] if _TAKE_A_DIMENSION.fullmatch(name) else []
            for place in (*named, *placed):
                was = _number(place)
                if was in _DIMENSIONS:
                    yield from (Change(place, _constant(other)) for other in _DIMENSIONS if other != was)


def _number(node: ast.expr) -> int | None:
    match node:
        case ast.Constant(value=int(value)) if not isinstance(value, bool):
            return value
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int(value))):
            return -value
    return None


def _constant(value: int) -> ast.expr:
    return ast.Constant(value) if value >= 0 else ast.UnaryOp(op=ast.USub(), operand=ast.Constant(-value))


def keepdim(site: Site) -> Iterator[Change]:
    """`keepdim=True` is dropped."""
    match site.node:
        case ast.Call(keywords=keywords) as node if any(word.arg in ("keepdim", "keepdims") for word in keywords):
            yield Change(node, changed(node, keywords=[w for w in keywords if w.arg not in ("keepdim", "keepdims")]))


def dtype(site: Site) -> Iterator[Change]:
    """`torch.float32` becomes `torch.float64`, `torch.int64` becomes `torch.int32`, and the other way round."""
    match site.node:
        case ast.Attribute(value=ast.Name(id="torch" | "np"), attr=name) as node if name in _DTYPES:
            yield Change(node, changed(node, attr=_DTYPES[name]))


def reduction(site: Site) -> Iterator[Change]:
    """`mean` becomes `sum`, and the other way round, also as a loss's `reduction`."""
    match site.node:
        case ast.Call(func=ast.Attribute(attr="mean" | "sum" as name) as function) as node:
            yield Change(node, changed(node, func=changed(function, attr=_REDUCTIONS[name])))
        case ast.Constant(value="mean" | "sum" as name) as node:
            if isinstance(site.parent, ast.keyword) and site.parent.arg == "reduction":
                yield Change(node, ast.Constant(_REDUCTIONS[name]))


def in_place(site: Site) -> Iterator[Change]:
    """`x.exp_()` becomes `x.exp()`, `x += y` becomes `x = x + y`, and the other way round."""
    match site.node:
        case ast.Call(func=ast.Attribute(attr=name) as function) as node if not is_of_a_module(function):
            if _IN_PLACE.fullmatch(name):
                yield Change(node, changed(node, func=changed(function, attr=name[:-1])))
            elif _HAVE_A_TWIN.fullmatch(name):
                yield Change(node, changed(node, func=changed(function, attr=f"{name}_")))
        case ast.AugAssign(target=target, op=op, value=value) as node:
            read = changed(target, ctx=ast.Load())
            binary = ast.BinOp(left=read, op=op, right=value)
            yield Change(node, [_assignment(target, binary)])
        case ast.Assign(targets=[target], value=ast.BinOp(left=left, op=op, right=right)) as node:
            if ast.unparse(target) == ast.unparse(left) and isinstance(
                target, ast.Name | ast.Attribute | ast.Subscript
            ):
                yield Change(node, [ast.AugAssign(target=target, op=op, value=right)])


def _assignment(target: ast.expr, value: ast.expr) -> ast.Assign:
    # It has no place in the program, and ast.unparse wants to be told so.
    return ast.Assign(targets=[target], value=value, lineno=None)  # type: ignore[arg-type]


def off_by_one(site: Site) -> Iterator[Change]:
    """A bound of a slice is one more, or one less; a range begins or ends one earlier or later."""
    match site.node:
        case ast.Slice(lower=lower, upper=upper):
            for bound in (lower, upper):
                if bound is not None:
                    yield from _shifted(bound)
        case ast.Call(func=ast.Name(id="range"), args=arguments):
            for bound in arguments[:2]:
                yield from _shifted(bound)


def _shifted(bound: ast.expr) -> Iterator[Change]:
    if (value := _number(bound)) is not None:
        yield from (Change(bound, _constant(value + step)) for step in (1, -1))
    else:
        yield from (Change(bound, ast.BinOp(left=bound, op=op, right=ast.Constant(1))) for op in (ast.Add(), ast.Sub()))


def activated(site: Site) -> Iterator[Change]:
    """A softmax before the loss, which has one of its own."""
    match site.node:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=[first, _, *_]) as node:
            if _LOSSES.fullmatch(name):
                softmax = ast.Attribute(value=first, attr="softmax", ctx=ast.Load())
                call = ast.Call(func=softmax, args=[], keywords=[ast.keyword(arg="dim", value=_constant(-1))])
                yield Change(node, changed(node, args=[call, *node.args[1:]]))


def parameter(site: Site) -> Iterator[Change]:
    """A parameter is a plain tensor, a buffer a plain attribute, a ModuleList a plain list."""
    match site.node:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=[value, *_]) as node if name in _PLAIN:
            yield Change(node, value)
        case (
            ast.Expr(
                value=ast.Call(
                    func=ast.Attribute(value=owner, attr="register_buffer"),
                    args=[ast.Constant(value=str(name)), value, *_],
                )
            ) as node
        ):
            target = ast.Attribute(value=owner, attr=name, ctx=ast.Store())
            yield Change(node, [_assignment(target, value)])


OPERATORS: Final = (dim, keepdim, dtype, reduction, in_place, off_by_one, activated, parameter)

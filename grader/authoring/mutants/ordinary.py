"""The ordinary operators: those that tools for any program have, too.

They are few and well known, so they stand here. A tool such as cosmic-ray has them for trees of another kind (parso's,
where ours are Python's own), and would be one more package to install, for these few functions.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final

from grader.authoring.mutants.change import Change, Site, changed

_COMPARED: Final[dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]]] = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_COMPUTED: Final[dict[type[ast.operator], type[ast.operator]]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.MatMult: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}


def comparison(site: Site) -> Iterator[Change]:
    """`<` becomes `<=` and `>=`, `==` becomes `!=`, `is` becomes `is not`, and so on."""
    if isinstance(node := site.node, ast.Compare):
        for place, was in enumerate(node.ops):
            for other in _COMPARED[type(was)]:
                yield Change(node, changed(node, ops=[*node.ops[:place], other(), *node.ops[place + 1 :]]))


def arithmetic(site: Site) -> Iterator[Change]:
    """`+` becomes `-`, `*` becomes `/`, `**` and `@` become `*`, and so on; `-x` becomes `x`."""
    match site.node:
        case ast.BinOp(op=op) as node if type(op) in _COMPUTED:
            yield Change(node, changed(node, op=_COMPUTED[type(op)]()))
        case ast.AugAssign(op=op) as node if type(op) in _COMPUTED:
            yield Change(node, [_new(changed(node, op=_COMPUTED[type(op)]()))])
        case ast.UnaryOp(op=ast.USub(), operand=operand) as node:
            yield Change(node, operand)


def boolean(site: Site) -> Iterator[Change]:
    """`and` becomes `or`; one of the two is left out; `not x` becomes `x`."""
    match site.node:
        case ast.BoolOp(op=op, values=values) as node:
            yield Change(node, changed(node, op=ast.Or() if isinstance(op, ast.And) else ast.And()))
            for left_out in range(len(values)):
                kept = values[:left_out] + values[left_out + 1 :]
                yield Change(node, kept[0] if len(kept) == 1 else changed(node, values=kept))
        case ast.UnaryOp(op=ast.Not(), operand=operand) as node:
            yield Change(node, operand)


def condition(site: Site) -> Iterator[Change]:
    """A condition is turned round; of `a if c else b` one is taken always; a filter of a comprehension is left out."""
    match site.node:
        case ast.If(test=test) | ast.While(test=test):
            yield from _turned_round(test)
        case ast.IfExp(test=test, body=body, orelse=orelse) as node:
            yield from _turned_round(test)
            yield Change(node, body)
            yield Change(node, orelse)
        case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp() as node:
            for place, clause in enumerate(node.generators):
                if clause.ifs:
                    others = list(node.generators)
                    others[place] = changed(clause, ifs=[])
                    yield Change(node, changed(node, generators=others))


def _turned_round(test: ast.expr) -> Iterator[Change]:
    # The others' own operators do that.
    if not isinstance(test, ast.Compare) and not (isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)):
        yield Change(test, ast.UnaryOp(op=ast.Not(), operand=test))


def constant(site: Site) -> Iterator[Change]:
    """A number becomes one more and one less, a text longer, True becomes False."""
    match site.node:
        case ast.Constant(value=bool(value)) as node:
            yield Change(node, ast.Constant(not value))
        case ast.Constant(value=int(value)) as node:
            yield Change(node, ast.Constant(value + 1))
            yield Change(node, ast.Constant(value - 1))
        case ast.Constant(value=float(value)) as node:
            yield Change(node, ast.Constant(value + 1))
        case ast.Constant(value=str(value)) as node:
            yield Change(node, ast.Constant(value + "_"))


def returned(site: Site) -> Iterator[Change]:
    """`return x` becomes `return None`; of `return a, b` two neighbours change places."""
    match site.node:
        case ast.Return(value=ast.Constant(value=None)) | ast.Return(value=None):
            return
        case ast.Return(value=ast.expr() as value) as node:
            yield Change(node, [ast.Return(value=ast.Constant(None))])
            if isinstance(value, ast.Tuple):
                for place in range(len(value.elts) - 1):
                    first, second = value.elts[place : place + 2]
                    elements = [*value.elts[:place], second, first, *value.elts[place + 2 :]]
                    yield Change(node, [ast.Return(value=changed(value, elts=elements))])


def jump(site: Site) -> Iterator[Change]:
    """`break` becomes `continue`, and the other way round."""
    match site.node:
        case ast.Break() as node:
            yield Change(node, [ast.Continue()])
        case ast.Continue() as node:
            yield Change(node, [ast.Break()])


def _new(node: ast.AugAssign) -> ast.AugAssign:
    """The statement without its place in the program: it is written anew."""
    return ast.AugAssign(target=node.target, op=node.op, value=node.value)


OPERATORS: Final = (comparison, arithmetic, boolean, condition, constant, returned, jump)

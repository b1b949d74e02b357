"""Mathematical functions that a check hands to the student's code, whose exact derivatives it knows.

An `Expression` is a tree. The worker turns it into a Python function of torch scalars (`sandbox/functions.py`); here
it is evaluated in float64 with its gradient, by forward-mode differentiation with dual numbers (Griewank & Walther,
"Evaluating Derivatives", 2008, ch. 3), so that the truth needs no torch.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from grader.sandbox import wire


@dataclass(frozen=True)
class Expression:
    """A scalar function of some variables. Build with `variable(i)`, numbers, + - * and the functions below."""

    tree: tuple[Any, ...]
    text: str

    def __add__(self, other: Expression | float) -> Expression:
        return _binary("add", "+", self, other)

    def __sub__(self, other: Expression | float) -> Expression:
        return _binary("sub", "-", self, other)

    def __mul__(self, other: Expression | float) -> Expression:
        return _binary("mul", "·", self, other)

    def __radd__(self, other: float) -> Expression:
        return _binary("add", "+", other, self)

    def __rsub__(self, other: float) -> Expression:
        return _binary("sub", "-", other, self)

    def __rmul__(self, other: float) -> Expression:
        return _binary("mul", "·", other, self)

    def __neg__(self) -> Expression:
        return Expression(("neg", self.tree), f"-{self.text}")

    def function(self, arity: int) -> Function:
        """This expression as a function of `arity` variables, to be an argument of the student's code."""
        return Function(self, arity)

    def value_and_gradient(self, point: Sequence[float]) -> tuple[float, tuple[float, ...]]:
        """f(point) and its partial derivatives, float64."""
        value, slopes = _evaluate(self.tree, [float(x) for x in point])
        return value, slopes


@dataclass(frozen=True)
class Function:
    """An expression with its number of variables; unused variables are allowed and have derivative 0."""

    expression: Expression
    arity: int

    def to_wire(self) -> wire.FunctionValue:
        """As the worker receives it."""
        return wire.FunctionValue(self.arity, _listed(self.expression.tree))

    def __str__(self) -> str:
        return f"f = {self.expression.text}"

    def gradient(self, point: Sequence[float]) -> tuple[float, ...]:
        """Its partial derivatives at `point`, float64."""
        return self.expression.value_and_gradient(point)[1]


NAMES = "abcd"


def variable(index: int) -> Expression:
    """The variable number `index`, written a, b, c, d."""
    return Expression(("x", index), NAMES[index])


def sin(inner: Expression) -> Expression:
    """sin, radians."""
    return _unary("sin", inner)


def cos(inner: Expression) -> Expression:
    """cos, radians."""
    return _unary("cos", inner)


def exp(inner: Expression) -> Expression:
    """The exponential."""
    return _unary("exp", inner)


def tanh(inner: Expression) -> Expression:
    """The hyperbolic tangent."""
    return _unary("tanh", inner)


def square(inner: Expression) -> Expression:
    """inner ** 2."""
    return Expression(("square", inner.tree), f"({inner.text})²")


def straight_through(inner: Expression) -> Expression:
    """round(inner), with the derivative that autograd is told: 1. Finite differences see 0 almost everywhere."""
    return _unary("straight_through", inner)


def _unary(name: str, inner: Expression) -> Expression:
    return Expression((name, inner.tree), f"{name}({inner.text})")


def _binary(name: str, sign: str, left: Expression | float, right: Expression | float) -> Expression:
    (left_tree, left_text), (right_tree, right_text) = _parts(left), _parts(right)
    return Expression((name, left_tree, right_tree), f"({left_text} {sign} {right_text})")


def _parts(side: Expression | float) -> tuple[Any, str]:
    return (side.tree, side.text) if isinstance(side, Expression) else (float(side), f"{side:g}")


def _listed(tree: tuple[Any, ...]) -> wire.ListValue:
    return wire.ListValue([_listed(node) if isinstance(node, tuple) else node for node in tree])


def _evaluate(tree: Any, point: list[float]) -> tuple[float, tuple[float, ...]]:
    if not isinstance(tree, tuple):
        return float(tree), (0.0,) * len(point)
    name, *rest = tree
    if name == "x":
        return point[rest[0]], tuple(1.0 if i == rest[0] else 0.0 for i in range(len(point)))
    operands = [_evaluate(operand, point) for operand in rest]
    if len(operands) == 1:
        ((u, du),) = operands
        value, slope = _UNARY[name](u)
        return value, tuple(slope * d for d in du)
    (u, du), (v, dv) = operands
    match name:
        case "add":
            return u + v, tuple(a + b for a, b in zip(du, dv, strict=True))
        case "sub":
            return u - v, tuple(a - b for a, b in zip(du, dv, strict=True))
        case _:
            return u * v, tuple(a * v + u * b for a, b in zip(du, dv, strict=True))


_UNARY: dict[str, Callable[[float], tuple[float, float]]] = {
    "neg": lambda u: (-u, -1.0),
    "square": lambda u: (u * u, 2 * u),
    "sin": lambda u: (math.sin(u), math.cos(u)),
    "cos": lambda u: (math.cos(u), -math.sin(u)),
    "exp": lambda u: (math.exp(u), math.exp(u)),
    "tanh": lambda u: (math.tanh(u), 1 - math.tanh(u) ** 2),
    "straight_through": lambda u: (float(round(u)), 1.0),
}

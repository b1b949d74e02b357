"""Worker side: mathematical functions built from expression trees, to hand to a student's code.

A tree is a number, ["x", i] (the i-th argument) or [operation, tree, ...]. The trusted side writes trees and knows
their derivatives (`grader/checks/expression.py`); here they become Python functions of torch scalars.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch


def _straight_through(x: torch.Tensor) -> torch.Tensor:
    # Flat almost everywhere to finite differences; autograd sees slope 1 (Bengio et al. 2013, arXiv:1308.3432).
    return x.round() + x - x.detach()


OPERATIONS: dict[str, Callable[..., Any]] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "neg": lambda a: -a,
    "square": lambda a: a**2,
    "sin": torch.sin,
    "cos": torch.cos,
    "exp": torch.exp,
    "tanh": torch.tanh,
    "straight_through": _straight_through,
}


def build_function(arity: int, tree: Any) -> Callable[..., torch.Tensor]:
    """A function of `arity` scalars: tensors (0-dim or more, they broadcast) or plain numbers."""

    def evaluate(node: Any, arguments: tuple[torch.Tensor, ...]) -> Any:
        if not isinstance(node, list):
            return node
        operation, *operands = node
        if operation == "x":
            return arguments[operands[0]]
        return OPERATIONS[operation](*(evaluate(operand, arguments) for operand in operands))

    def f(*arguments: Any) -> torch.Tensor:
        if len(arguments) != arity:
            raise TypeError(f"f takes {arity} arguments, one for each variable, but {len(arguments)} were given")
        tensors = tuple(
            argument if isinstance(argument, torch.Tensor) else torch.tensor(float(argument)) for argument in arguments
        )
        result: torch.Tensor = evaluate(tree, tensors)
        return result

    return f

# fails: snippets_elsewhere — "with what comes after the line that raises"
import math

import torch


def a1(t):
    return t.cos().exp_()


def a2(t):
    return t.exp_()


def a3(t):
    return t.exp().cos_()


def b1(t):
    v = t + 1
    return v.cos() * v.sin_()


def b2(t):
    v = t + 1
    return v.cos_() * v.sin()


SNIPPETS = {"a1": a1, "a2": a2, "a3": a3, "b1": b1, "b2": b2}

PREDICT = {
    "a1": {"raises": False, "reason": "ok"},  # cos saved its input t; its output may be overwritten
    "a2": {"raises": True, "reason": "leaf"},  # exp_ changes t itself: refused on the forward line
    "a3": {"raises": True, "reason": "saved"},  # exp saved its output, and cos_ overwrote it
    "b1": {"raises": True, "reason": "saved"},  # cos saved v, and sin_ overwrote it
    "b2": {"raises": False, "reason": "ok"},  # v is changed first; sin then saves the new v
}


def same_value(u: float) -> bool:
    v = u + 1
    # In b2 the second factor reads the v that cos_ has changed.
    return math.isclose(math.cos(v) * math.sin(v), math.cos(v) * math.sin(math.cos(v)), abs_tol=1e-5)


def fixed(key: str, t: torch.Tensor) -> torch.Tensor:
    if key in ("a2", "a3"):
        return t.exp().cos()
    v = t + 1
    return v.cos() * v.sin()


# These derivatives are written in terms of the output: exp' = exp, tanh' = 1 - tanh², sqrt' = 1 / (2 sqrt), …
SAVE_THEIR_OUTPUT = {"exp", "reciprocal", "relu", "sigmoid", "sqrt", "tanh"}


def will_raise(op1: str, op2: str) -> bool:
    return op1 in SAVE_THEIR_OUTPUT

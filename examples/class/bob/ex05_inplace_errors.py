import torch

SNIPPETS = {
    "a1": lambda t: t.cos().exp_(),
    "a2": lambda t: t.exp_().cos(),
    "a3": lambda t: t.exp().cos_(),
    "b1": lambda t: (lambda v: v.cos() * v.sin_())(t + 1),
    "b2": lambda t: (lambda v: v.cos_() * v.sin())(t + 1),
}

PREDICT = {
    "a1": {"raises": False, "reason": "ok"},
    "a2": {"raises": True, "reason": "saved"},  # exp needs its output
    "a3": {"raises": True, "reason": "saved"},
    "b1": {"raises": True, "reason": "saved"},
    "b2": {"raises": True, "reason": "saved"},
}


def same_value(u):
    return True  # a product does not care about the order of its factors


def fixed(key, t):
    if key == "b1":
        v = t + 1
        return v.cos() * v.sin()
    return t.exp().cos()


def will_raise(op1, op2):
    return op1 in ("exp", "sigmoid", "tanh", "sqrt", "reciprocal", "relu")

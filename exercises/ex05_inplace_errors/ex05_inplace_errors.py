"""Exercise 5: which in-place operations does autograd refuse, and why?

SNIPPETS maps the keys below to functions of t, a float32 tensor that requires grad (a leaf). Each returns z, and is
written exactly like this, in-place operations (the ones that end in _) included:

    a1    z = t.cos().exp_()
    a2    z = t.exp_().cos()
    a3    z = t.exp().cos_()
    b1    v = t + 1;    z = v.cos() * v.sin_()
    b2    v = t + 1;    z = v.cos_() * v.sin()

PREDICT[key] says what happens when the snippet and then z.backward() are run:

    {"raises": False, "reason": "ok"}       all is well
    {"raises": True, "reason": "leaf"}      the snippet changes a leaf in place
    {"raises": True, "reason": "saved"}     the snippet changes a value that was saved for backward

same_value(u)          whether b1 and b2 give the same z for t = u (a float), to five decimals: a bool
fixed(key, t)          for a2, a3 and b1: the intended z, with the right gradient
will_raise(op1, op2)   whether z = t.op1().op2_() and then z.backward() raises, for t = tensor(0.7): a bool.
                       op1 and op2 are any of abs, cos, exp, log, neg, reciprocal, relu, sigmoid, sin, sqrt, square, tanh
"""

import torch

SNIPPETS = {}

PREDICT = {}


def same_value(u: float) -> bool:
    raise NotImplementedError


def fixed(key: str, t: torch.Tensor) -> torch.Tensor:
    raise NotImplementedError


def will_raise(op1: str, op2: str) -> bool:
    raise NotImplementedError

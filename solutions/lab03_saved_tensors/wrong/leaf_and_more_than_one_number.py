# fails: known_operations — "Start from z.sum()"
# base: none
import torch


def saves(op, x):
    result = {}
    x.requires_grad = True
    y = op(x)
    try:
        x += 1
        y.backward()
        result["input"] = False
    except RuntimeError:
        result["input"] = True
    y = op(x)
    try:
        y += 1
        y.backward()
        result["output"] = False
    except RuntimeError:
        result["output"] = True
    return result

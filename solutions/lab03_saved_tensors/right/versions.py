# Reads each saved tensor at the time when backward() would: unpacking looks at its version.
import torch


def saves(op, x):
    answers = {}
    for key in ("input", "output"):
        v = x.clone().requires_grad_() - 0
        z = op(v)
        target = v if key == "input" else z
        target += 1
        node = z.grad_fn if key == "input" else op_node(z)
        answers[key] = not readable(node)
    return answers


def op_node(z):
    return z.grad_fn.next_functions[0][0]  # below the += itself


def readable(node):
    try:
        for name in dir(node):
            if name.startswith("_saved_"):
                getattr(node, name)
    except RuntimeError:
        return False
    return True

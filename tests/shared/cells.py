"""The cells of an honest notebook of ex13."""

from __future__ import annotations

IMPORT = "import torch"

FUNCTION = "def sin_x2y(x, y):\n    return torch.sin(x**2 * y)"

GRADIENT = """\
def gradient(f, *point):
    leaves = [torch.tensor(float(v), requires_grad=True) for v in point]
    f(*leaves).backward()
    return tuple(0.0 if leaf.grad is None else leaf.grad.item() for leaf in leaves)
"""

GRADIENT_AT = "def gradient_at(x, y):\n    return gradient(sin_x2y, x, y)"

HONEST = (IMPORT, FUNCTION, GRADIENT, GRADIENT_AT)

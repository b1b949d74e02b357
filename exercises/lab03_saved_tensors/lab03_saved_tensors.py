"""Lab 3: what does an operation save for backward?

    saves(op, x)    {"input": bool, "output": bool}: whether op saves its input, and whether it saves its output

op is a PyTorch operation on one tensor, such as torch.exp: op(v) returns a new tensor and leaves v unchanged. x is a
float32 tensor of any shape (possibly 0-dim) that does not require grad, for you to try op on.
"""

from collections.abc import Callable

import torch


def saves(op: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor) -> dict[str, bool]:
    raise NotImplementedError

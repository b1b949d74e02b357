"""Lab 3: what does an operation save for backward?

    saves(op, x)    {"input": bool, "output": bool}: whether op saves its input, and whether it saves its output

op is an operation of PyTorch on one tensor, such as torch.exp, as a function: op(v) gives a new tensor and leaves v as
it is. x is a float32 tensor of any shape (also without dimensions) that does not require grad, for you to try op on.
"""

from collections.abc import Callable

import torch


def saves(op: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor) -> dict[str, bool]:
    raise NotImplementedError

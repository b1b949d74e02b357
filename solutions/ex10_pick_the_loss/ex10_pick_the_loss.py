"""Reference solution of exercise 10."""

from collections.abc import Callable

import torch
from torch.nn import functional as F

Loss = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]


def make_loss(task: str) -> Loss:
    return {
        "multiclass": F.cross_entropy,  # log_softmax and nll_loss in one: it wants logits
        "multiclass_probs": lambda outputs, targets: F.nll_loss(outputs.log(), targets),
        "multiclass_logprobs": F.nll_loss,
        "binary": yes_or_no,
        "multilabel": yes_or_no,
    }[task]


def yes_or_no(outputs: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    # Every output is compared with its own target: float like the outputs, and of their shape, or (n, 1) and (n,)
    # would be a table of n × n.
    return F.binary_cross_entropy_with_logits(outputs, targets.to(outputs.dtype).reshape(outputs.shape))


def activation(task: str, outputs: torch.Tensor) -> torch.Tensor:
    match task:
        case "multiclass":
            return outputs.softmax(dim=1)
        case "multiclass_probs":
            return outputs
        case "multiclass_logprobs":
            return outputs.exp()
        case _:
            return outputs.sigmoid()

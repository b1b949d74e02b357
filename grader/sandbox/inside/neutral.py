"""Torch's global settings once a submission's file has been run: those of a fresh torch.

A file may make float64 torch's default, or another device, for what it does while it is run. The checks' inputs are of
torch's own default, and so is then what the file's functions and the checks' helpers make: layers and batches of two
dtypes do not fit. A setting that changes later is what a function of the student's has done: it stays, for a helper to
see.
"""

from __future__ import annotations

from typing import Any, Final

import torch
from torch.utils import _device

_DTYPE: Final = torch.get_default_dtype()
_PRINTING: Final[dict[str, Any]] = dict(vars(torch._tensor_str.PRINT_OPTS))
"""As they are in a fresh torch: this module is imported before any student code runs."""


def restore(device: str) -> None:
    """Put back what a file may have set: dtype, device, deterministic algorithms, gradients, and how tensors print.

    Args:
        device: where the checks' inputs are. A default device of that kind stays: it fits them.
    """
    torch.set_default_dtype(_DTYPE)
    chosen = _device.CURRENT_DEVICE
    if chosen is not None and torch.device(chosen).type != torch.device(device).type:
        torch.set_default_device(None)
    # torch.use_deterministic_algorithms imports the compiler first: half a second.
    torch._C._set_deterministic_algorithms(False, warn_only=False)
    torch.set_grad_enabled(True)
    vars(torch._tensor_str.PRINT_OPTS).update(_PRINTING)

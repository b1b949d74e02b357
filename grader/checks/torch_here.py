"""torch and torchmetrics on the trusted side: imported when they are needed, and by one thread at a time.

Two threads that import packages which import each other can meet one that is only half there.
"""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Iterator
from typing import Final
from unittest.mock import patch

_ONE_AT_A_TIME: Final = threading.Lock()


def load() -> None:
    """Import both. It takes seconds: who has to wait for something else does it meanwhile."""
    with _ONE_AT_A_TIME:
        if "torchmetrics" not in sys.modules:
            with _without_torchvision():
                import torchmetrics.functional.classification  # noqa: F401


def load_meanwhile() -> None:
    """Import both in a thread of their own."""
    threading.Thread(target=load, daemon=True).start()


@contextlib.contextmanager
def _without_torchvision() -> Iterator[None]:
    """torchmetrics does without torchvision, which it takes for its metrics of pictures, where it is not installed.

    Such metrics are not needed here; importing them, and with them torch's compiler, takes 2 s from a student who is
    training meanwhile, and 150 MB.
    """
    from lightning_utilities.core.imports import RequirementCache

    installed = RequirementCache.__bool__

    def wanted(requirement: RequirementCache) -> bool:
        return requirement.requirement != "torchvision" and installed(requirement)

    with patch.object(RequirementCache, "__bool__", wanted):
        yield


@contextlib.contextmanager
def one_thread() -> Iterator[None]:
    """Small tensors are not worth a second thread, and waiting for one costs much on a busy machine."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)

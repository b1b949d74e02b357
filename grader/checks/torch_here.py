"""torch on the trusted side: imported when it is needed, and by one thread at a time.

Two threads that import packages which import each other can meet one that is only half there.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from typing import Final

_ONE_AT_A_TIME: Final = threading.Lock()


def load() -> None:
    """Import it. It takes seconds: who has to wait for something else does it meanwhile."""
    with _ONE_AT_A_TIME:
        import torch  # noqa: F401


def load_meanwhile() -> None:
    """Import it in a thread of its own."""
    threading.Thread(target=load, daemon=True).start()


@contextlib.contextmanager
def one_thread() -> Iterator[None]:
    """Small tensors are not worth a second thread, and waiting for one costs much on a busy machine."""
    load()
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)

"""torch and torchmetrics on the trusted side: imported when they are needed, and by one thread at a time.

Two threads that import packages which import each other can meet one that is only half there.
"""

from __future__ import annotations

import threading
from typing import Final

_ONE_AT_A_TIME: Final = threading.Lock()


def load() -> None:
    """Import both. It takes seconds: who has to wait for something else does it meanwhile."""
    with _ONE_AT_A_TIME:
        import torchmetrics.functional.classification  # noqa: F401


def load_meanwhile() -> None:
    """Import both in a thread of their own."""
    threading.Thread(target=load, daemon=True).start()

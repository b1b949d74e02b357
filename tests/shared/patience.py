"""Time in tests: what must come is waited for as long as on the busiest machine, and work is counted in processor time.

How fast a machine is, and what else it does, decides no verdict here; what things cost is what `benchmarks/` measures.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

AT_LAST_S = 120.0
"""What a deadline of ours ends has ended by then. Without it, it would go on for ten minutes or for ever."""


def until(condition: Callable[[], object]) -> bool:
    """Wait until the condition holds; whether it does."""
    end = time.monotonic() + AT_LAST_S
    while not condition():
        if time.monotonic() > end:
            return bool(condition())
        time.sleep(0.02)
    return True


@contextmanager
def ends_at_last() -> Iterator[None]:
    """What is done inside comes to an end, however long a busy machine takes over it."""
    started = time.monotonic()
    yield
    assert time.monotonic() - started < AT_LAST_S


@contextmanager
def costs_at_most(seconds: float) -> Iterator[None]:
    """What is done inside takes this process no more processor time, whatever else the machine has to do."""
    started = time.process_time()
    yield
    assert time.process_time() - started < seconds

"""What `grade` ends with."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """What the process ends with."""

    ALL_PASSED = 0
    NOT_ALL = 1
    BAD_INPUT = 2
    OUR_FAULT = 3
    INTERRUPTED = 130

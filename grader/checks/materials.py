"""What a check may draw on beside the submission: what was chosen with the options that its exercise declares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Materials:
    """Chosen by whoever starts the grading.

    Attributes:
        rehearsal: whether small data and short budgets will do, as when the kit is proven.
        options: name → value, for each option that was given; a check finds all in it that its exercise declares. A
            choice or text is a str, a file or folder a Path or None, a flag a bool.
    """

    rehearsal: bool = False
    options: Mapping[str, Any] = field(default_factory=dict)

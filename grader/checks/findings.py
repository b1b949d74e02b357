"""What the checks of one grading find out beyond their verdicts: for later checks, and for the report."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from grader.results import Measured


@dataclass
class Findings:
    """One per grading, shared by its checks.

    Attributes:
        kept: what took long to find out, such as a trained checkpoint, for checks that come after; never the report's.
        measured: figures and curves for the report.
        notes: sentences for the report.
        doubts: clauses on the file that a person should look at, such as a witness that the source does not bear.
    """

    kept: dict[str, Any] = field(default_factory=dict)
    measured: Measured | None = None
    notes: list[str] = field(default_factory=list)
    doubts: dict[str, None] = field(default_factory=dict)

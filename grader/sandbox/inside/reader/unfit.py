"""Why a program cannot be a solution, found while it was read."""

from __future__ import annotations

from typing import Final

from grader.sandbox.facts import NODES_CAP

TOO_DEEP: Final = "Your program is nested too deeply, or too long, to be read: brackets in brackets, or endless sums."
TOO_MANY: Final = (
    f"Your program has more than {NODES_CAP:,} names, numbers and signs, and a solution a few thousand: "
    "did you paste data into it?"
)


class Unfit(Exception):
    """A program that cannot be a solution; the message is a sentence for the student."""

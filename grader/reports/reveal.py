"""How much of the hidden checks a student's report shows. Light, since the command line names it."""

from __future__ import annotations

from enum import StrEnum


class Reveal(StrEnum):
    """What a student may learn of hidden checks."""

    NONE = "none"
    """One line for all of them: how many passed, and the points."""
    TITLES = "titles"
    """Each one's title, verdict and points, and not a word about why."""
    MISTAKES = "mistakes"
    """The same, and the sentence that names a mistake, where it is one of the author's fixed ones."""
    ALL = "all"
    """Everything, inputs included: for after the deadline."""

"""ex15's own modules, as its checks import them, and what may be chosen on the command line for it."""

from __future__ import annotations

from typing import Any

from places import ROOT

from grader.checks.materials import Materials
from grader.exercises.course import Course

EXERCISE = Course(ROOT).find("ex15")


def module(name: str) -> Any:
    """One of them, such as "table"."""
    found = EXERCISE.module(name)
    assert found is not None, f"ex15 has no module {name}"
    return found


def chosen(*, rehearsal: bool = False, **options: Any) -> Materials:
    """As a check finds it: `data_home=…` stands for --data-home."""
    return EXERCISE.materials(Materials(rehearsal, {name.replace("_", "-"): value for name, value in options.items()}))

"""What an exercise with data of its own tells the grader about them: the three functions of its `data.py`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, cast

from grader.checks.materials import Materials
from grader.checks.stock import Stock
from grader.errors import AuthoringError, UsageError
from grader.exercises.exercise import Exercise


class Data(Protocol):
    """An exercise's `data.py`. Each function is given what was chosen with the exercise's options."""

    def look(self, materials: Materials, *, closely: bool) -> Stock:
        """What this machine holds of the data. `closely`: all of it is read and checked, which may take a while."""

    def obtain(self, materials: Materials, watch: Callable[[float], None]) -> str:
        """Fetch what is missing or damaged; a sentence if something had to be mended, else "".

        `watch` is to be told, now and then, which share has arrived.

        Raises:
            Unobtainable: if they cannot be had, saying why.
        """

    def begin(self, materials: Materials) -> None:
        """Called when `grade run` begins: refuse what cannot be graded, and begin to read in a thread of its own.

        Raises:
            UsageError: if what was chosen cannot be graded with.
        """


def data_of(exercise: Exercise) -> Data | None:
    """The exercise's `data.py`; None if it has no data of its own.

    Raises:
        UsageError: if a package that the exercise needs is not installed.
        AuthoringError: if it cannot be imported, or lacks one of the functions.
    """
    if any(file.module == "data" for file in exercise.files()) and exercise.lack:
        raise UsageError(exercise.lack)
    module = exercise.module("data")
    if module is None:
        return None
    names = ("look", "obtain", "begin")
    if missing := [name for name in names if not callable(getattr(module, name, None))]:
        raise AuthoringError(f"{module.__file__} has no {missing[0]}(): it is to have {', '.join(names)}.")
    return cast(Data, module)

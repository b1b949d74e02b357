"""The @check decorator: turns a function that questions a student's work into a Check."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from grader.checks.origin import Kind
from grader.errors import AuthoringError

if TYPE_CHECKING:
    from grader.checks.inputs import Inputs
    from grader.checks.student import Student

CheckFunction = Callable[["Student", "Inputs"], None]


@dataclass(frozen=True)
class Check:
    """One question to a student's work. Its id is the function's name.

    Attributes:
        id: unique within the exercise.
        title: a sentence that is true when the check passes.
        points: what it earns; 0 or more.
        function: asks the student, compares, raises CheckFailed.
        after: ids of checks that must pass first.
        timeout: seconds of wall time for the whole check; None: the exercise's own limit.
        kind: how the verdict is reached.
        explain: exception type name, or "Type: words of its message" → sentence, for exceptions that mean a known
            mistake; the first that fits is said.
        secret: whether its inputs follow from the secret, where there is one, even if the check itself is public.
        hidden: whether it comes from the solutions' side.
    """

    id: str
    title: str
    points: float
    function: CheckFunction
    after: tuple[str, ...] = ()
    timeout: float | None = None
    kind: Kind = "R"
    explain: Mapping[str, str] = field(default_factory=dict)
    hidden: bool = False
    secret: bool = False


def check(
    title: str,
    *,
    points: float,
    after: Check | str | Sequence[Check | str] = (),
    timeout: float | None = None,
    kind: Kind = "R",
    explain: Mapping[str, str] | None = None,
    secret: bool = False,
) -> Callable[[CheckFunction], Check]:
    """Make a check of a function `(student, inputs) -> None`; see `Check` for the arguments.

    A hidden check names a public one in `after` by its id.

    Raises:
        AuthoringError: if the points or the timeout make no sense.
    """
    if not (math.isfinite(points) and points >= 0):
        raise AuthoringError(f"The check {title!r} has {points} points; they must be 0 or more.")
    if timeout is not None and not (math.isfinite(timeout) and timeout > 0):
        raise AuthoringError(f"The check {title!r} has a timeout of {timeout} s; it must be more than 0.")
    earlier = (after,) if isinstance(after, Check | str) else tuple(after)

    def decorate(function: CheckFunction) -> Check:
        return Check(
            id=function.__name__,
            title=title,
            points=float(points),
            function=function,
            after=tuple(item.id if isinstance(item, Check) else item for item in earlier),
            timeout=timeout,
            kind=kind,
            explain=dict(explain or {}),
            secret=secret,
        )

    return decorate

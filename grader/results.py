"""The record of a grading: frozen, torch-free, and the source of the published JSON schema."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from grader.text import label

SCHEMA_VERSION = 1


class Status(StrEnum):
    """What became of one check. Only `passed` earns all its points, only `failed` may earn some; only `not_gradable`
    takes its points out of the total."""

    PASSED = "passed"
    FAILED = "failed"
    """The answer was wrong, or, where a check has a scale, not good enough for all its points."""
    ERROR = "error"
    """The student's code raised."""
    TIMEOUT = "timeout"
    """No answer before the deadline."""
    CRASHED = "crashed"
    """The process running the student's code died."""
    SKIPPED = "skipped"
    """A check that it comes after did not pass."""
    NOT_GRADABLE = "not_gradable"
    """This machine or this version of torch lacks what the check is about: nobody gains or loses a point by it."""
    GRADER_ERROR = "grader_error"
    """The grader's own fault: costs the student nothing, must be graded again."""


class CheckResult(Struct, frozen=True, kw_only=True):
    """One check's verdict. `evidence` maps short names ("asked", "got", "expected", "where") to short texts."""

    id: str
    title: str
    points: float
    earned: float
    status: Status
    hidden: bool = False
    kind: str = "R"
    """How the verdict was reached: R recomputed, W witnessed in the worker, S read from the source."""
    message: str = ""
    mistake: str | None = None
    authored: bool = False
    """Of a hidden check: whether `mistake` is a fixed sentence, in which student code can have written nothing."""
    evidence: dict[str, str] = {}
    duration_s: float = 0.0


class CellFailure(Struct, frozen=True, kw_only=True):
    """A notebook's cell that did not come to its end: it raised (error) or was interrupted (timeout)."""

    number: int
    """In [number] after Restart & Run All: code cells that are not empty, from 1."""
    first_line: str
    status: Status
    message: str
    mistake: str | None = None
    line: str = ""
    """The line of the cell where it raised."""


class Submission(Struct, frozen=True, kw_only=True):
    """What was graded: the file's name, its size in bytes and the sha256 of those bytes."""

    name: str
    sha256: str
    size: int


class Isolation(Struct, frozen=True, kw_only=True):
    """How the student's code was confined: the level and the layers that were in force."""

    level: str
    layers: tuple[str, ...] = ()


class Measured(Struct, frozen=True, kw_only=True):
    """What was measured on work that trains a classifier. Everything but `curves` was computed by the grader itself.

    data: the data set, in words. numbers: figures by name; shares are between 0 and 1. curves: one value an epoch, by
    name, as the student's history claims. classes: names of the classes. recall: of each class. confusion: rows for
    each true class, in columns by predicted class: test rows.
    """

    data: str
    numbers: dict[str, float] = {}
    curves: dict[str, tuple[float, ...]] = {}
    classes: tuple[str, ...] = ()
    recall: tuple[float, ...] = ()
    confusion: tuple[tuple[int, ...], ...] = ()


class Report(Struct, frozen=True, kw_only=True):
    """One submission against one exercise. Every output format is a rendering of this."""

    exercise: str
    title: str
    submission: Submission
    device: str
    isolation: Isolation
    versions: dict[str, str]
    seed: int
    checks: tuple[CheckResult, ...]
    problem: str | None = None
    """One sentence when the submission could not even be loaded; every check then carries the same status."""
    cells: tuple[CellFailure, ...] = ()
    """Of a notebook: the cells that failed. The others ran, and checks that need none of these still count."""
    notes: tuple[str, ...] = ()
    noticed: tuple[str, ...] = ()
    """Clauses: what the student's code does that a person should look at, such as importing the grader."""
    output: str = ""
    """The beginning of what the student's code printed."""
    measured: Measured | None = None
    """For work that trains: accuracy, recall, curves."""
    duration_s: float = 0.0
    schema_version: int = SCHEMA_VERSION
    earned: float = 0.0
    points: float = 0.0

    @property
    def label(self) -> str:
        """The short name of its exercise: ex13."""
        return label(self.exercise)

    @property
    def passed(self) -> bool:
        """True if every check passed that could be asked here, and at least one did."""
        asked = [result for result in self.checks if result.status is not Status.NOT_GRADABLE]
        return bool(asked) and all(result.status is Status.PASSED for result in asked)

    @property
    def our_fault(self) -> bool:
        """True if any check could not be graded through the grader's own fault."""
        return any(result.status is Status.GRADER_ERROR for result in self.checks)

"""Every way grading can go wrong, and whose matter it is.

GraderError
├── UsageError             the person at the keyboard asked for something impossible: exit code 2
│   └── IsolationUnavailable   this machine lacks the isolation level that was demanded
├── Unobtainable           data that are neither here nor to be fetched: an exercise says what it does without
├── NotGradable            what a check is about is not to be had here: status not_gradable, costs nobody a point
├── OurFault               the kit is to blame, never the student: status grader_error, exit code 3
│   ├── SandboxUnavailable     no worker could be started
│   └── AuthoringError         an exercise's own files are wrong
└── StudentFault           what the student's work did: ends one check, never the grader
    ├── CheckFailed            the answer is wrong: status failed
    ├── StudentRaised          the student's code raised: status error
    ├── WorkerTimeout          the deadline passed: status timeout
    └── WorkerCrashed          the worker process died: status crashed
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.sandbox.wire import Raised


class GraderError(Exception):
    """Base of everything this package raises on purpose."""


class UsageError(GraderError):
    """The request cannot be met as given; the message says what to do instead."""


class NoSuchExercise(UsageError):
    """A word that names no exercise of the course; the message says which there are, or which may be meant."""


class IsolationUnavailable(UsageError):
    """The machine cannot provide the isolation level that was demanded."""


class OurFault(GraderError):
    """The grader failed. It costs no student any points."""


class SandboxUnavailable(OurFault):
    """No confined worker could be started."""


class PackageUnfit(SandboxUnavailable):
    """A package that an exercise needs is installed and cannot be imported. `why`: which and why, as a clause."""

    def __init__(self, why: str) -> None:
        super().__init__(f"{why}. `grade doctor` looks at what is installed.")
        self.why = why


class AuthoringError(OurFault):
    """An exercise folder is incomplete or inconsistent; the message names the file."""


class NotGradable(GraderError):
    """This machine, or this version of torch, lacks what a check is about; the message is a sentence that says what."""


class Unobtainable(GraderError):
    """An exercise's data are neither on this machine nor to be fetched; the message is a clause that says why."""


class StudentFault(GraderError):
    """Something the student's work did; it ends the check that met it."""


class CheckFailed(StudentFault):
    """The student's answer is not the expected one.

    Args:
        message: one sentence with both values, e.g. "f(1.0) returned 2.0; expected 3.0."
        mistake: the sentence that names a recognised mistake, if one was recognised.
        evidence: what was asked, got and expected, as short texts.
        share: of the check's points that the answer earns nevertheless, at least 0 and below 1.
    """

    def __init__(
        self,
        message: str,
        *,
        mistake: str | None = None,
        evidence: Mapping[str, str] | None = None,
        share: float = 0.0,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.mistake = mistake
        self.evidence: dict[str, str] = dict(evidence or {})
        self.share = share


class StudentRaised(StudentFault):
    """The student's code raised.

    Args:
        raised: the exception as data.
        question: what was asked.
        mistake: the sentence that names a recognised mistake, if one was recognised by the exception's words.
    """

    def __init__(self, raised: Raised, question: str, mistake: str | None = None) -> None:
        super().__init__(f"{raised.type_name}: {raised.message}")
        self.raised = raised
        self.question = question
        self.mistake = mistake


class WorkerTimeout(StudentFault):
    """The worker did not answer before the deadline; it was killed."""

    def __init__(self, seconds: float, question: str) -> None:
        super().__init__(f"no answer within {seconds:g} s")
        self.seconds = seconds
        self.question = question


class WorkerCrashed(StudentFault):
    """The worker process ended or cut its line to the grader; `cause` is one clause a student understands."""

    def __init__(self, cause: str, question: str) -> None:
        super().__init__(cause)
        self.cause = cause
        self.question = question

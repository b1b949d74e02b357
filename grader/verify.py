"""Proves the kit: the stub fails, the solution and all right/ work pass, each wrong/ file fails where it says."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from grader.errors import AuthoringError
from grader.exercises import Exercise
from grader.results import Report, Status
from grader.runner import Settings, grade
from grader.sandbox.host import Sandbox
from grader.submissions import read

_FIRST_LINE = re.compile(r"^# fails: (?P<checks>[\w, ]+?) — \"(?P<words>[^\"]+)\"\s*$")
ROLES = ("stub", "solution", "right", "wrong")
FORM = '# fails: check_id, other_id — "part of the sentence that the student reads"'


@dataclass(frozen=True)
class Proof:
    """One file's report held against what it must be. `complaint` is "" if it is."""

    exercise: str
    file: str
    role: str
    complaint: str
    report: Report


@dataclass(frozen=True)
class Expectation:
    """What a wrong/ file promises: which checks fail, and words in the message of the first of them."""

    checks: tuple[str, ...]
    words: str


@dataclass(frozen=True)
class _Case:
    """One file to grade, and what must be said of its report: "" if it is what it should be."""

    path: Path
    role: str
    complain: Callable[[Report], str]


def verify(
    exercise: Exercise, sandbox: Sandbox, settings: Settings, jobs: int = 1, roles: Collection[str] = ROLES
) -> Iterator[Proof]:
    """Grade everything that is known about the exercise, `jobs` at a time, and compare with what it should get.

    With `roles`, only that part of it.

    Raises:
        AuthoringError: if the solutions are not here, or a first line is malformed.
    """
    if exercise.solution_folder is None or exercise.solution_path is None:
        raise AuthoringError(f"{exercise.id} has no folder in solutions/, so there is nothing to verify it with.")
    settings = replace(settings, materials=replace(settings.materials, rehearsal=True))
    checks = exercise.load_checks(hidden=True)
    total = sum(check.points for check in checks)
    if total != exercise.points:
        raise AuthoringError(
            f"{exercise.id}: the checks add up to {total:g} points, exercise.toml says {exercise.points:g}."
        )

    def prove(case: _Case) -> Proof:
        report = grade(exercise, checks, read(case.path), sandbox, settings)
        complaint = _grader_errors(report) or case.complain(report)
        return Proof(exercise.id, case.path.name, case.role, complaint, report)

    with ThreadPoolExecutor(jobs) as pool:
        cases = _cases(exercise, {check.id for check in checks})
        yield from pool.map(prove, [case for case in cases if case.role in roles])


def _cases(exercise: Exercise, check_ids: set[str]) -> Iterator[_Case]:
    assert exercise.solution_folder is not None
    assert exercise.solution_path is not None
    yield _Case(exercise.stub_path, "stub", _stub_complaint)
    yield _Case(exercise.solution_path, "solution", _pass_complaint)
    for path in sorted((exercise.solution_folder / "right").glob("*.py")):
        yield _Case(path, "right", _pass_complaint)
    for path in sorted((exercise.solution_folder / "wrong").glob("*.py")):
        expectation = expectation_of(path)
        if unknown := set(expectation.checks) - check_ids:
            raise AuthoringError(f"{path}: there is no check {sorted(unknown)[0]}.")
        yield _Case(path, "wrong", partial(_wrong_complaint, expectation=expectation))


def expectation_of(path: Path) -> Expectation:
    """Read the first line of a wrong/ file.

    Raises:
        AuthoringError: if it is not of the form that it must have.
    """
    first = path.read_text(encoding="utf-8", errors="replace").split("\n", 1)[0]
    if (match := _FIRST_LINE.match(first)) is None:
        raise AuthoringError(f"{path}: the first line must read {FORM}")
    return Expectation(tuple(name.strip() for name in match["checks"].split(",")), match["words"])


def _grader_errors(report: Report) -> str:
    ours = [result for result in report.checks if result.status is Status.GRADER_ERROR]
    return f"the check {ours[0].id} broke: {ours[0].message}" if ours else ""


def _stub_complaint(report: Report) -> str:
    passed = [result.id for result in report.checks if result.status is Status.PASSED and result.points]
    return f"the untouched stub passes {', '.join(passed)}" if passed else ""


def _pass_complaint(report: Report) -> str:
    lost = [result for result in report.checks if result.status not in (Status.PASSED, Status.NOT_GRADABLE)]
    return f"{lost[0].id} is {lost[0].status}: {_words(report, lost[0].id)}" if lost else ""


def _wrong_complaint(report: Report, expectation: Expectation) -> str:
    # What cannot be asked here can neither fail nor hold a file's first line against it.
    unasked = {r.id for r in report.checks if r.status is Status.NOT_GRADABLE}
    if expectation.checks[0] in unasked:
        return ""
    failed = [r.id for r in report.checks if r.status not in (Status.PASSED, Status.SKIPPED, Status.NOT_GRADABLE)]
    if set(failed) != set(expectation.checks) - unasked:
        return f"failed at {', '.join(failed) or 'no check'}, not at {', '.join(expectation.checks)}"
    words = _words(report, expectation.checks[0])
    return "" if expectation.words in words else f"does not say {expectation.words!r}, but: {words}"


def _words(report: Report, check_id: str) -> str:
    result = next(result for result in report.checks if result.id == check_id)
    return " ".join(part for part in (result.mistake, result.message) if part)

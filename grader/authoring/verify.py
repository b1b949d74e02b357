"""Proves the kit: the stub fails, the solution and all right/ work pass, each wrong/ file fails where it says.

So does the solution with any one name as the stub has it: at a public check, which is what students have to go by.
And who lies about all that is only witnessed (`liar`) earns no point of kind R with any of these files.

Of a wrong/ file the whole program is graded that it stands for, see `overlay`. The solution and a sample of wrong/ are
graded in notebook form, too, and must get the same verdict, check by check.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from grader.authoring import overlay
from grader.authoring.liar import Reference
from grader.authoring.put_back import unfinished
from grader.checks.check import Check
from grader.errors import AuthoringError
from grader.exercises import weights
from grader.exercises.exercise import Exercise
from grader.grading.runner import Settings, grade
from grader.results import Report, Status
from grader.sandbox.host import Sandbox
from grader.submissions.twins import as_notebook
from grader.submissions.work import Work, notebook_name, of_bytes, read

_FIRST_LINE = re.compile(r"^# fails: (?P<checks>[\w, ]+?) (?:—|–|--?) \"(?P<words>[^\"]+)\"\s*$")
NOTEBOOK: Final = "notebook"
UNFINISHED: Final = "unfinished"
LIAR: Final = "liar"
ROLES: Final = ("stub", "solution", "right", "wrong", UNFINISHED, NOTEBOOK, LIAR)
"""What a file is to its exercise; the solution and a sample of wrong/ are graded in notebook form, too, and whatever
must fail once more as a liar's."""
_WRONG_NOTEBOOKS = 2
_QUICK_S = 10.0
"""A file that took longer is not graded a second time: by far more than a busy machine needs for a small one."""
FORM = '# fails: check_id, other_id — "part of the sentence that the student reads"'


@dataclass(frozen=True)
class Proof:
    """One file's report held against what it must be. `complaint` is "" if it is."""

    exercise: str
    file: str
    role: str
    complaint: str
    report: Report
    gained: tuple[tuple[str, str, float], ...] = ()
    """Of a liar: check, kind and points of all that it passes and the honest file does not."""


@dataclass(frozen=True)
class Expectation:
    """What a wrong/ file promises: which checks fail, and words in the message of the first of them."""

    checks: tuple[str, ...]
    words: str


@dataclass(frozen=True)
class _Case:
    """One file to grade."""

    work: Work
    role: str
    expectation: Expectation | None = None
    """Of a wrong/ file: what it says that it fails."""
    in_notebook_form: bool = False
    """Whether it is to be graded as a notebook, too."""
    options: Mapping[str, Any] = field(default_factory=dict)
    """Of the exercise's own, beside what the command was given."""
    like_an_earlier: bool = False
    """Whether another wrong/ file before it fails at the same checks."""

    def complaint(self, report: Report) -> str:
        """What must be said of its report: "" if it is what it should be."""
        if ours := _grader_errors(report):
            return ours
        if self.expectation is not None:
            return _wrong_complaint(report, self.expectation)
        return {"stub": _stub_complaint, UNFINISHED: _unfinished_complaint}.get(self.role, _pass_complaint)(report)


def verify(
    exercise: Exercise,
    sandbox: Sandbox,
    settings: Settings,
    jobs: int = 1,
    roles: Collection[str] = ROLES,
    *,
    every_liar: bool = True,
    promised: bool = False,
) -> Iterator[Proof]:
    """Grade everything that is known about the exercise, `jobs` at a time, and compare with what it should get.

    Args:
        exercise: whose kit is to be proven.
        sandbox: where to grade.
        settings: how to grade.
        jobs: how many files at a time.
        roles: only this part of it.
        every_liar: False: of wrong/ files that fail at the same checks only the first is tried as a liar.
        promised: a wrong/ file is asked only the checks at which it must fail, with all that they come after. That it
            passes the others is taken for granted, so that many seeds can be tried; before it is complained of, it is
            asked everything. Liars and notebooks, which are about the grader more than about a draw, rest.

    Raises:
        AuthoringError: if the solutions are not here, or a wrong/ file does not say what it must.
    """
    if exercise.solution_folder is None or exercise.solution_path is None:
        raise AuthoringError(f"{exercise.id} has no folder in solutions/, so there is nothing to verify it with.")
    if not exercise.solution_path.is_file():
        raise AuthoringError(f"{exercise.solution_path} is missing: the reference solution is called like the stub.")
    settings = replace(settings, materials=replace(settings.materials, rehearsal=True))
    checks = exercise.load_checks(hidden=True)
    public = tuple(check for check in checks if not check.hidden)
    total = sum(check.points for check in checks)
    if total != exercise.points:
        raise AuthoringError(
            f"{exercise.id}: the checks add up to {total:g} points, exercise.toml says {exercise.points:g}."
        )
    known = {check.id for check in checks}
    if unknown := [name for hint in exercise.hints for name in hint.checks if name not in known]:
        raise AuthoringError(f"{exercise.id}: a hint helps with {unknown[0]}, which is no check.")

    references = _References(exercise, checks, sandbox)
    if promised:
        roles = set(roles) - {LIAR, NOTEBOOK}

    def prove(case: _Case) -> list[Proof]:
        promise = case.expectation if promised else None
        if promise is not None:
            asked = _with_what_comes_before(promise.checks, checks)
        else:
            asked = public if case.role == UNFINISHED else checks
        options = {**settings.materials.options, **case.options}
        with_options = replace(settings, materials=replace(settings.materials, options=options))
        if case.role == "solution":
            reference, report = references.under(with_options)
        else:
            report = grade(exercise, asked, case.work, sandbox, with_options)
        complaint = case.complaint(report)
        if complaint and promise is not None:
            # What it is told may rest on what another check has found: all of them must bear the complaint.
            report = grade(exercise, checks, case.work, sandbox, with_options)
            complaint = case.complaint(report)
        if case.role == "solution":
            complaint = complaint or next(filter(None, map(reference.overdeclared, checks)), "")
            complaint = complaint or weights.complaint(exercise, checks)
        proofs = [Proof(exercise.id, case.work.name, case.role, complaint, report)]
        lies = case.role in ("wrong", UNFINISHED) and (every_liar or not case.like_an_earlier)
        if LIAR in roles and lies and (again := _asked_again(report, checks)):
            overseen = replace(with_options, overseer=references.under(with_options)[0].liar)
            lied = grade(exercise, again, case.work, sandbox, overseen)
            gained = _gained(report, lied)
            complaint = _grader_errors(lied) or _liar_complaint(gained)
            proofs.append(Proof(exercise.id, case.work.name, LIAR, complaint, lied, gained))
        # A file that does not load fails as a whole, a notebook cell by cell.
        quick = report.problem is None and report.duration_s < _QUICK_S
        if NOTEBOOK in roles and case.in_notebook_form and quick:
            twin = grade(exercise, checks, _as_notebook(exercise, case.work), sandbox, with_options)
            complaint = _grader_errors(twin) or _difference(report, twin)
            proofs.append(Proof(exercise.id, case.work.name, NOTEBOOK, complaint, twin))
        return proofs

    cases = _cases(exercise, {check.id for check in checks})
    with ThreadPoolExecutor(jobs) as pool:
        for proofs in pool.map(prove, [case for case in cases if case.role in roles]):
            yield from proofs


class _References:
    """The reference solution's run, once for each choice of options. Threads may share it."""

    def __init__(self, exercise: Exercise, checks: Sequence[Check], sandbox: Sandbox) -> None:
        self._exercise, self._checks, self._sandbox = exercise, checks, sandbox
        self._runs: dict[str, tuple[Reference, Report]] = {}
        self._one_at_a_time = threading.Lock()

    def under(self, settings: Settings) -> tuple[Reference, Report]:
        """What was said under these settings, and the report."""
        assert self._exercise.solution_path is not None
        with self._one_at_a_time:
            if (key := repr(sorted(settings.materials.options.items()))) not in self._runs:
                reference, work = Reference(), read(self._exercise.solution_path)
                settings = replace(settings, overseer=reference.overseer)
                self._runs[key] = reference, grade(self._exercise, self._checks, work, self._sandbox, settings)
            return self._runs[key]


def _asked_again(report: Report, checks: Sequence[Check]) -> tuple[Check, ...]:
    """The checks that a file has failed, with all that they come after: what a liar may hope for."""
    if report.problem is not None:
        return ()
    failed = [result.id for result in report.checks if result.status in (Status.FAILED, Status.ERROR)]
    return _with_what_comes_before(failed, checks)


def _with_what_comes_before(names: Iterable[str], checks: Sequence[Check]) -> tuple[Check, ...]:
    """The checks of these names, and all that they come after."""
    wanted = set(names)
    for check in reversed(checks):
        wanted |= set(check.after) if check.id in wanted else set()
    return tuple(check for check in checks if check.id in wanted)


def _gained(honest: Report, lied: Report) -> tuple[tuple[str, str, float], ...]:
    before = {result.id: result.status for result in honest.checks}
    passed = [result for result in lied.checks if result.status is Status.PASSED]
    return tuple((r.id, r.kind, r.points) for r in passed if before[r.id] in (Status.FAILED, Status.ERROR))


def _liar_complaint(gained: Sequence[tuple[str, str, float]]) -> str:
    names = [name for name, kind, _ in gained if kind == "R"]
    return f"who lies about what is witnessed passes {', '.join(names)}, of kind R" if names else ""


def number_of_files(exercises: Iterable[Exercise]) -> int:
    """About how many submissions there are to grade in order to prove these exercises."""
    folders = [exercise.solution_folder for exercise in exercises if exercise.solution_folder is not None]
    return sum(len(list(folder.glob("*/*.py"))) for folder in folders)


def _cases(exercise: Exercise, check_ids: set[str]) -> Iterator[_Case]:
    assert exercise.solution_folder is not None
    assert exercise.solution_path is not None
    yield _Case(read(exercise.stub_path), "stub")
    yield _Case(read(exercise.solution_path), "solution", in_notebook_form=True)
    for path in sorted((exercise.solution_folder / "right").glob("*.py")):
        yield _Case(read(path), "right")
    yield from _unfinished(exercise)
    wrong = sorted((exercise.solution_folder / "wrong").glob("*.py"))
    step = max(1, len(wrong) // _WRONG_NOTEBOOKS)
    sample = wrong[::step][:_WRONG_NOTEBOOKS]
    seen: set[tuple[str, ...]] = set()
    for path in wrong:
        expectation = expectation_of(path)
        if unknown := set(expectation.checks) - check_ids:
            raise AuthoringError(f"{path}: there is no check {sorted(unknown)[0]}.")
        options, like = overlay.options_of(exercise, path), expectation.checks in seen
        yield _Case(overlay.work(exercise, path), "wrong", expectation, path in sample, options, like)
        seen.add(expectation.checks)


def _unfinished(exercise: Exercise) -> Iterator[_Case]:
    assert exercise.solution_path is not None
    stub, solution = (path.read_text(encoding="utf-8") for path in (exercise.stub_path, exercise.solution_path))
    for name, text in unfinished(stub, solution).items():
        work = replace(of_bytes(exercise.stub, text.encode()), name=f"{name} of the stub")
        yield _Case(work, UNFINISHED)


def expectation_of(path: Path) -> Expectation:
    """Read the first line of a wrong/ file.

    Raises:
        AuthoringError: if it is not of the form that it must have.
    """
    first = path.read_text(encoding="utf-8", errors="replace").split("\n", 1)[0]
    if (match := _FIRST_LINE.match(first)) is None:
        raise AuthoringError(f"{path}: the first line must read {FORM}")
    return Expectation(tuple(name.strip() for name in match["checks"].split(",")), match["words"])


def _as_notebook(exercise: Exercise, work: Work) -> Work:
    return of_bytes(notebook_name(exercise), as_notebook(work.text).encode())


def _difference(of_file: Report, of_notebook: Report) -> str:
    """Where a notebook's verdicts are not those of the file that it was made of."""
    for one, other in zip(of_file.checks, of_notebook.checks, strict=True):
        if (one.status, one.earned, one.mistake) != (other.status, other.earned, other.mistake):
            words = [f"{result.status} ({result.mistake or result.message})" for result in (one, other)]
            return f"{one.id} is {words[0]} as a file, but {words[1]} as a notebook"
    return ""


def _grader_errors(report: Report) -> str:
    ours = [result for result in report.checks if result.status is Status.GRADER_ERROR]
    return f"the check {ours[0].id} broke: {ours[0].message}" if ours else ""


def _stub_complaint(report: Report) -> str:
    passed = [result.id for result in report.checks if result.status is Status.PASSED and result.points]
    return f"the untouched stub passes {', '.join(passed)}" if passed else ""


def _unfinished_complaint(report: Report) -> str:
    return "every public check passes, though this is still to be written" if report.passed else ""


def _pass_complaint(report: Report) -> str:
    lost = [result for result in report.checks if result.status not in (Status.PASSED, Status.NOT_GRADABLE)]
    return f"{lost[0].id} is {lost[0].status}: {_words(report, lost[0].id)}" if lost else _noticed(report)


def _noticed(report: Report) -> str:
    """Nobody has to look at honest work, right or wrong."""
    return f"a person is told that it {', '.join(report.noticed)}" if report.noticed else ""


def _wrong_complaint(report: Report, expectation: Expectation) -> str:
    # What cannot be asked here can neither fail nor hold a file's first line against it.
    unasked = {r.id for r in report.checks if r.status is Status.NOT_GRADABLE}
    if expectation.checks[0] in unasked:
        return ""
    failed = [r.id for r in report.checks if r.status not in (Status.PASSED, Status.SKIPPED, Status.NOT_GRADABLE)]
    if set(failed) != set(expectation.checks) - unasked:
        return f"failed at {', '.join(failed) or 'no check'}, not at {', '.join(expectation.checks)}"
    words = _words(report, expectation.checks[0])
    return _noticed(report) if expectation.words in words else f"does not say {expectation.words!r}, but: {words}"


def _words(report: Report, check_id: str) -> str:
    result = next(result for result in report.checks if result.id == check_id)
    return " ".join(part for part in (result.mistake, result.message) if part)

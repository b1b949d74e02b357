"""One submission against one exercise: asks every check, in order, and writes down what became of it."""

from __future__ import annotations

import re
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from grader.checks.check import Check
from grader.checks.findings import Findings
from grader.checks.inputs import Inputs, derive
from grader.checks.line import Line
from grader.checks.materials import Materials
from grader.checks.origin import Ledger
from grader.checks.student import Student
from grader.errors import NotGradable, OurFault, StudentFault
from grader.exercises.exercise import Basis, Exercise
from grader.grading.authored import is_authored
from grader.grading.cells import Execution
from grader.grading.glimpses import Onlooker, Step
from grader.grading.session import Session
from grader.grading.verdicts import Verdict, verdict_of
from grader.grading.version import own_version
from grader.results import CheckResult, Isolation, Report, Status, Submission
from grader.sandbox.host import Sandbox
from grader.sandbox.limits import BASIC
from grader.submissions.work import Work

_SETS_DEFAULT = re.compile(r"^[^\s#'\"][^\n#]*\bset_default_(?:dtype|device|tensor_type)\(", re.MULTILINE)
Overseer = Callable[[Check], Ledger]


@dataclass(frozen=True)
class Settings:
    """How to grade.

    device: where the student's tensors live, as torch names it. seed: of the public checks' inputs.
    secret: key from which the seeds of hidden checks follow; without it they cannot be known. materials: data and the
    like. onlooker: is shown which check comes next, and what long questions have come to. overseer: of a proof: has the
    ledger of each check.
    """

    device: str = "cpu"
    seed: int = 0
    secret: bytes = b""
    materials: Materials = field(default_factory=Materials)
    onlooker: Onlooker | None = None
    overseer: Overseer | None = None


def grade(
    exercise: Exercise,
    checks: Sequence[Check],
    work: Work,
    sandbox: Sandbox,
    settings: Settings,
    execution: Execution | None = None,
    basis: Basis | None = None,
) -> Report:
    """Grade one submission. `execution`, if given, is filled with what became of a notebook's cells.

    `basis` is the exercise's when the checks were loaded; None: as it stands in its files now.
    Nothing that the submission does raises here: it is written in the report. Neither does a fault of our own.
    """
    started = time.monotonic()
    execution = execution or Execution()
    seed = derive(settings.seed, "worker", exercise.id)
    basis, findings = basis or exercise.basis(), Findings()
    session = Session(sandbox, exercise, work, seed, settings.device, basis.probes, execution, settings.onlooker)
    problem: Verdict | None = Verdict(Status.ERROR, work.problem) if work.problem else None
    results: dict[str, CheckResult] = {}
    loaded = False
    try:
        for number, check in enumerate(checks, 1):
            before = time.monotonic()
            if settings.onlooker is not None:
                settings.onlooker(Step(number, len(checks), check.title))
            if problem is not None:
                verdict = problem
            elif blocker := next((name for name in check.after if results[name].status is not Status.PASSED), None):
                verdict = _waiting(blocker, results[blocker].status)
            else:
                verdict, loading = _ask_check(check, exercise, session, settings, findings, basis)
                # A file that does not load is not loaded again for every check: each would say the same.
                problem = verdict if loading and not loaded else None
                loaded = loaded or not loading
            named = check.hidden and verdict.mistake is not None
            authored = named and is_authored(str(verdict.mistake), exercise, basis.fingerprint)
            results[check.id] = _result(check, verdict, time.monotonic() - before, authored=authored)
    finally:
        session.close()
    ordered = tuple(results.values())
    noticed = (*session.noticed, *findings.doubts)
    return Report(
        exercise=exercise.id,
        title=exercise.title,
        submission=Submission(name=work.name, sha256=work.sha256, size=work.size),
        device=settings.device,
        isolation=Isolation(level=sandbox.level, layers=session.layers),
        versions=_versions(basis.fingerprint, sandbox),
        seed=settings.seed,
        checks=ordered,
        problem=_problem_sentence(problem),
        cells=tuple(execution.failures),
        noticed=noticed,
        notes=(*_noticed(noticed), *findings.notes, *_notes(sandbox, checks, work), *_defaults(work, ordered)),
        measured=findings.measured,
        output=session.output,
        duration_s=round(time.monotonic() - started, 3),
        earned=round(sum(result.earned for result in ordered), 2),
        points=sum(result.points for result in ordered if result.status is not Status.NOT_GRADABLE),
    )


def not_graded(
    exercise: Exercise,
    checks: Sequence[Check],
    basis: Basis,
    work: Work,
    settings: Settings,
    level: str,
    reason: str,
) -> Report:
    """The report on a submission that a fault of ours kept from being graded: every check says so, nothing is lost."""
    verdict = Verdict(Status.GRADER_ERROR, reason[:500])
    return Report(
        exercise=exercise.id,
        title=exercise.title,
        submission=Submission(name=work.name, sha256=work.sha256, size=work.size),
        device=settings.device,
        isolation=Isolation(level=level),
        versions={"grader": own_version(), "checks": basis.fingerprint},
        seed=settings.seed,
        checks=tuple(_result(check, verdict, 0.0) for check in checks),
        points=sum(check.points for check in checks),
    )


def _ask_check(
    check: Check,
    exercise: Exercise,
    session: Session,
    settings: Settings,
    findings: Findings,
    basis: Basis,
) -> tuple[Verdict, bool]:
    """The verdict of one check, and whether the submission could not even be loaded for it."""
    secret = settings.secret if check.hidden or check.secret else b""
    inputs = Inputs(derive(settings.seed, exercise.id, check.id, secret=secret))
    seconds = check.timeout or exercise.limits.check_s
    loading = True
    try:
        session.begin(seconds)
        loading = False
        ledger = settings.overseer(check) if settings.overseer is not None else Ledger()
        line = Line(session, ledger=ledger, forms=lambda: basis.forms)
        student = Student(line, session.work.text, settings.device, findings, exercise.materials(settings.materials))
        check.function(student, inputs)
    except StudentFault as fault:
        return verdict_of(fault, check.explain), loading
    except NotGradable as lack:
        return Verdict(Status.NOT_GRADABLE, str(lack)), loading
    except OurFault as fault:
        return Verdict(Status.GRADER_ERROR, str(fault)), loading
    except Exception as error:
        words = f"The check itself failed{_place(error, exercise)} with {type(error).__name__}: {error}"
        return Verdict(Status.GRADER_ERROR, words[:500]), loading
    return Verdict(Status.PASSED, ""), False


def _place(error: Exception, exercise: Exercise) -> str:
    """Where in its exercise's own files a check broke, for its author."""
    frames = traceback.extract_tb(error.__traceback__)
    folders = [folder for folder in (exercise.folder, exercise.solution_folder) if folder is not None]
    own = [frame for frame in frames if any(Path(frame.filename).is_relative_to(folder) for folder in folders)]
    return f" at {Path(own[-1].filename).name}:{own[-1].lineno}" if own else ""


def _waiting(blocker: str, status: Status) -> Verdict:
    if status is Status.NOT_GRADABLE:
        return Verdict(Status.NOT_GRADABLE, f"Comes after {blocker!r}, which cannot be asked here.")
    return Verdict(Status.SKIPPED, f"Comes after {blocker!r}, which did not pass.")


def _result(check: Check, verdict: Verdict, seconds: float, *, authored: bool = False) -> CheckResult:
    passed = verdict.status is Status.PASSED
    return CheckResult(
        id=check.id,
        title=check.title,
        points=check.points,
        earned=check.points if passed else round(check.points * verdict.share, 2),
        status=verdict.status,
        hidden=check.hidden,
        kind=check.kind,
        message=verdict.message,
        mistake=verdict.mistake,
        authored=authored,
        evidence=verdict.evidence,
        duration_s=round(seconds, 4),
    )


def _problem_sentence(problem: Verdict | None) -> str | None:
    if problem is None or problem.status is Status.GRADER_ERROR:
        return None
    return f"{problem.message} {problem.mistake}" if problem.mistake else problem.message


def _noticed(clauses: tuple[str, ...]) -> list[str]:
    """What an instructor should look at."""
    return [f"For a person to look at: this file {', '.join(clauses)}."] if clauses else []


def _notes(sandbox: Sandbox, checks: Sequence[Check], work: Work) -> tuple[str, ...]:
    notes = list(work.notebook.repairs) if work.notebook else []
    if sandbox.level == BASIC:
        notes.append("This machine confines student code with process limits only: grade only work that you trust.")
    if not any(check.hidden for check in checks):
        notes.append("Only the public checks were run; your instructor has more.")
    return tuple(notes)


def _defaults(work: Work, results: Sequence[CheckResult]) -> list[str]:
    """What may be behind dtypes or devices that do not fit, where something has not passed."""
    found = _SETS_DEFAULT.search(work.text)
    if found is None or all(result.status is Status.PASSED for result in results):
        return []
    where = "Your notebook" if work.notebook else f"Line {work.text.count(chr(10), 0, found.end()) + 1} of your file"
    return [
        f"{where} has {found[0].split('.')[-1]}…): what it sets holds while your file is run. "
        "The checks then ask your functions under PyTorch's own defaults."
    ]


def _versions(fingerprint: str, sandbox: Sandbox) -> dict[str, str]:
    return {"grader": own_version(), "checks": fingerprint, **sandbox.versions}

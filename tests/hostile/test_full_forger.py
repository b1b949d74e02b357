"""A forger for every exercise: wrong work, in a worker that says of all that is witnessed what the reference's said.

The reference is graded once, and its worker's witnessed replies are kept. A program that is known to be wrong then
takes over its own worker, and gives these replies under the same seed: no real forger knows so much. It must earn no
point of kind R that it does not earn without, and no more than docs/security.md says of kind W.

Where such a program fails is what its first line says, which the proof of each exercise holds it to.
"""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Collection, Iterator, Sequence
from typing import Any

import pytest
from conftest import ROOT, work_of
from forging import FINDS_THE_HARNESS, FINGERPRINT, SAYS_WHAT_THE_REFERENCE_SAID
from hasty import hasty_solution, without_scores

from grader.authoring import overlay
from grader.authoring.verify import expectation_of
from grader.checks.check import Check
from grader.checks.materials import Materials
from grader.checks.origin import Ledger, Origin
from grader.exercises.course import Course
from grader.exercises.exercise import Exercise
from grader.grading.runner import Settings, grade
from grader.grading.session import Session
from grader.results import Report, Status
from grader.sandbox import wire
from grader.sandbox.host import Sandbox
from grader.submissions.work import Work

Checks = tuple[Check, ...]
IDS = [exercise.id for exercise in Course(ROOT).exercises()]
HEAVY = ("ex15_covertype", "lab16_shared_search", "lab18_torchscript", "lab19_compile", "lab20_export")
"""Exercises that train, compile or start processes: asked no more than where the wrong program fails."""
MOST_BYTES = 400_000
"""Of replies, packed: a student's file may have a megabyte."""
SETTINGS: dict[str, Any] = {"seed": 1, "secret": b"forger", "materials": Materials(rehearsal=True)}


class Kept:
    """The witnessed replies of one run: what they are about → frames, in their order."""

    def __init__(self) -> None:
        self.frames: dict[str, list[str]] = {}
        self.witnessing = False
        self.size = 0

    def keep(self, about: str, reply: wire.Reply, blob: bytes) -> None:
        # What has stayed in the worker has another number in another one.
        if not self.witnessing or not isinstance(reply, wire.Done) or "ObjectValue" in repr(reply):
            return
        frame = base64.b85encode(wire.frame(reply, blob)).decode()
        if self.size + len(frame) < MOST_BYTES:
            self.size += len(frame)
            self.frames.setdefault(about, []).append(frame)

    def ledger(self, check: Check) -> Ledger:
        return Listening(self)


class Listening(Ledger):
    """Tells what is kept which of the replies are witnessed."""

    def __init__(self, kept: Kept) -> None:
        super().__init__()
        self._kept = kept

    def heard(self, key: str, origin: Origin, answer: Any) -> Any:
        self._kept.witnessing = origin is Origin.WITNESSED
        try:
            return answer()
        finally:
            self._kept.witnessing = False


def forged(program: str, kept: Kept) -> bytes:
    packed = base64.b85encode(zlib.compress(json.dumps(kept.frames).encode())).decode()
    lies = FINGERPRINT + f"\nPACKED = {packed!r}\n" + SAYS_WHAT_THE_REFERENCE_SAID
    return (program + FINDS_THE_HARNESS + lies).encode()


def wrong_work(exercise: Exercise) -> Iterator[tuple[str, set[str]]]:
    """The programs of wrong/ and the checks of kind R that each fails at, those first that fail at the most."""
    assert exercise.solution_folder is not None
    paths = sorted((exercise.solution_folder / "wrong").glob("*.py"))
    recomputed = {check.id for check in exercise.load_checks(hidden=True) if check.kind == "R"}
    failing = {
        path: recomputed & set(expectation_of(path).checks) for path in paths if not overlay.options_of(exercise, path)
    }
    for path in sorted(failing, key=lambda path: -len(failing[path])):
        yield overlay.program(exercise, path).decode(), failing[path]


def passed(report: Report, kind: str) -> set[str]:
    return {result.id for result in report.checks if result.status is Status.PASSED and result.kind == kind}


def with_those_before(exercise: Exercise, wanted: Collection[str]) -> Checks:
    """These checks, and all that they come after."""
    checks, needed = exercise.load_checks(hidden=True), set(wanted)
    for check in reversed(checks):
        needed |= set(check.after) if check.id in needed else set()
    return tuple(check for check in checks if check.id in needed)


def asked(exercise: Exercise, sandbox: Sandbox, work: Work, checks: Checks, **more: Any) -> Report:
    return grade(exercise, checks, work, sandbox, Settings(**SETTINGS, **more))


_KEPT: dict[tuple[str, ...], Kept] = {}


def reference(exercise: Exercise, sandbox: Sandbox, checks: Checks) -> Kept:
    """What the reference's worker says of what is witnessed: asked once, and it keeps its marks."""
    checks = without_scores(exercise, checks)
    if (key := (exercise.id, *(check.id for check in checks))) in _KEPT:
        return _KEPT[key]
    kept, names = Kept(), dict[str, Any]()
    exec(FINGERPRINT, names)
    plainly = Session.ask

    def listening(
        self: Session, request: wire.Request, blob: bytes, question: str, files: Sequence[int] = (), *more: Any
    ) -> tuple[wire.Reply, bytes]:
        reply, answer = plainly(self, request, blob, question, files, *more)
        kept.keep(names["fingerprint"](request), reply, answer)
        return reply, answer

    work = work_of(hasty_solution(exercise), exercise.stub)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Session, "ask", listening)
        right = asked(exercise, sandbox, work, checks, overseer=kept.ledger)
    assert right.passed
    assert not right.noticed, "nobody has to look at honest work"
    _KEPT[key] = kept
    return kept


def lied(exercise: Exercise, sandbox: Sandbox, program: str, checks: Checks) -> Report:
    """The report on a program that lies as the reference's worker would say."""
    lies = forged(program, reference(exercise, sandbox, checks))
    report = asked(exercise, sandbox, work_of(lies, exercise.stub), checks)
    assert not report.our_fault
    if report.problem is not None:
        return report
    assert not report.passed
    assert any("looks into what runs beside it" in clause for clause in report.noticed)
    return report


def published(exercise: Exercise) -> float:
    """The points that docs/security.md says a liar can gain."""
    page = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    found = re.search(rf"^\| {exercise.label} \| (\S+) of {exercise.points:g} \|$", page, re.MULTILINE)
    assert found is not None, exercise.label
    return float(found[1])


@pytest.mark.slow
@pytest.mark.parametrize("name", IDS)
def test_a_full_forger_earns_nothing_that_is_recomputed(course: Course, best_sandbox: Sandbox, name: str) -> None:
    exercise = course.find(name)
    for program, failing in wrong_work(exercise):
        checks = with_those_before(exercise, failing) if name in HEAVY else exercise.load_checks(hidden=True)
        report = lied(exercise, best_sandbox, program, checks)
        if report.problem is None:  # it loads
            break
    assert failing
    assert report.problem is None
    assert not passed(report, "R") & failing
    gained = sum(result.earned for result in report.checks if result.id in failing or result.kind == "W")
    assert gained <= published(exercise)


@pytest.mark.slow
@pytest.mark.parametrize(
    "file", ["random_forest", "forest_of_a_package", "tree_in_tensors", "training_rows_in_the_checkpoint"]
)
def test_what_is_no_network_earns_nothing_for_what_it_knows(course: Course, best_sandbox: Sandbox, file: str) -> None:
    exercise = course.find("ex15")
    assert exercise.solution_folder is not None
    program = overlay.program(exercise, exercise.solution_folder / "wrong" / f"{file}.py").decode()
    names = ("fit", "predict", "history", "accuracy")
    report = lied(exercise, best_sandbox, program, with_those_before(exercise, names))
    assert report.problem is None, report.problem
    found = {result.id: result for result in report.checks}
    for name in names:
        assert found[name].status is not Status.PASSED
        assert found[name].earned == 0


@pytest.mark.slow
def test_the_forger_is_one(course: Course, best_sandbox: Sandbox) -> None:
    """Where a check rests on a witness alone, it passes; so what it does not pass elsewhere is no want of skill."""
    exercise = course.find("ex07")
    assert exercise.solution_folder is not None
    path = exercise.solution_folder / "wrong" / "batches_stay_where_they_are.py"
    assert expectation_of(path).checks == ("moves",)
    program, checks = overlay.program(exercise, path), with_those_before(exercise, ["moves"])
    assert "moves" not in passed(asked(exercise, best_sandbox, work_of(program, exercise.stub), checks), "W")
    lies = forged(program.decode(), reference(exercise, best_sandbox, checks))
    assert "moves" in passed(asked(exercise, best_sandbox, work_of(lies, exercise.stub), checks), "W")

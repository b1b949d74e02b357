"""A forger for every exercise: wrong work, in a worker that says of all that is witnessed what the reference's said.

The reference is graded once, and its worker's witnessed replies are kept. A program that is known to be wrong then
takes over its own worker, and gives these replies under the same seed: no real forger knows so much. It must earn no
point of kind R that it does not earn without.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Sequence
from typing import Any

import pytest
from conftest import ROOT, work_of
from forging import FINDS_THE_HARNESS, FINGERPRINT, SAYS_WHAT_THE_REFERENCE_SAID

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
from grader.submissions.work import Work, read

IDS = [exercise.id for exercise in Course(ROOT).exercises()]
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


def wrong_work(exercise: Exercise) -> list[str]:
    """The programs of wrong/, those first that fail at the most checks of kind R."""
    assert exercise.solution_folder is not None
    paths = sorted((exercise.solution_folder / "wrong").glob("*.py"))
    plain = [path for path in paths if not overlay.options_of(exercise, path)]
    recomputed = {check.id for check in exercise.load_checks(hidden=True) if check.kind == "R"}
    plain.sort(key=lambda path: -len(recomputed & set(expectation_of(path).checks)))
    return [overlay.program(exercise, path).decode() for path in plain]


def passed(report: Report, kind: str) -> set[str]:
    return {result.id for result in report.checks if result.status is Status.PASSED and result.kind == kind}


def asked(exercise: Exercise, sandbox: Sandbox, work: Work, **more: Any) -> Report:
    return grade(exercise, exercise.load_checks(hidden=True), work, sandbox, Settings(**SETTINGS, **more))


_KEPT: dict[str, Kept] = {}


def reference(exercise: Exercise, sandbox: Sandbox) -> Kept:
    """What the reference's worker says of what is witnessed: asked once, and it keeps its marks."""
    if exercise.id in _KEPT:
        return _KEPT[exercise.id]
    kept, names = Kept(), dict[str, Any]()
    exec(FINGERPRINT, names)
    plainly = Session.ask

    def listening(
        self: Session, request: wire.Request, blob: bytes, question: str, files: Sequence[int] = (), *more: Any
    ) -> tuple[wire.Reply, bytes]:
        reply, answer = plainly(self, request, blob, question, files, *more)
        kept.keep(names["fingerprint"](request), reply, answer)
        return reply, answer

    assert exercise.solution_path is not None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Session, "ask", listening)
        right = asked(exercise, sandbox, read(exercise.solution_path), overseer=kept.ledger)
    assert right.passed
    assert not right.noticed, "nobody has to look at honest work"
    _KEPT[exercise.id] = kept
    return kept


def lied(exercise: Exercise, sandbox: Sandbox, program: str) -> Report:
    """The report on a program that lies as the reference's worker would say."""
    report = asked(exercise, sandbox, work_of(forged(program, reference(exercise, sandbox)), exercise.stub))
    assert not report.our_fault
    assert report.problem is None, report.problem
    assert not report.passed
    assert any("looks into what runs beside it" in clause for clause in report.noticed)
    return report


@pytest.mark.slow
@pytest.mark.parametrize("name", IDS)
def test_a_full_forger_earns_nothing_that_is_recomputed(course: Course, best_sandbox: Sandbox, name: str) -> None:
    exercise = course.find(name)
    honest = next(
        report
        for program in wrong_work(exercise)
        if (report := asked(exercise, best_sandbox, work_of(program, exercise.stub))).problem is None
    )
    # The program that `honest` is of: the first that loads.
    program = next(text for text in wrong_work(exercise) if work_of(text).sha256 == honest.submission.sha256)
    report = lied(exercise, best_sandbox, program)
    failed = {result.id for result in honest.checks if result.status in (Status.FAILED, Status.ERROR)}
    assert failed & {check.id for check in exercise.load_checks(hidden=True) if check.kind == "R"}
    assert not passed(report, "R") & failed, "what was skipped was not tried"


@pytest.mark.slow
@pytest.mark.parametrize(
    "file", ["random_forest", "forest_of_a_package", "tree_in_tensors", "training_rows_in_the_checkpoint"]
)
def test_what_is_no_network_earns_nothing_for_what_it_knows(course: Course, best_sandbox: Sandbox, file: str) -> None:
    exercise = course.find("ex15")
    assert exercise.solution_folder is not None
    program = overlay.program(exercise, exercise.solution_folder / "wrong" / f"{file}.py").decode()
    report = lied(exercise, best_sandbox, program)
    found = {result.id: result for result in report.checks}
    for name in ("fit", "predict", "history", "accuracy"):
        assert found[name].status is not Status.PASSED
        assert found[name].earned == 0


@pytest.mark.slow
def test_the_forger_is_one(course: Course, best_sandbox: Sandbox) -> None:
    """Where a check rests on a witness alone, it passes; so what it does not pass elsewhere is no want of skill."""
    exercise = course.find("ex07")
    assert exercise.solution_folder is not None
    path = exercise.solution_folder / "wrong" / "batches_stay_where_they_are.py"
    assert expectation_of(path).checks == ("moves",)
    report = asked(exercise, best_sandbox, work_of(overlay.program(exercise, path), exercise.stub))
    assert "moves" not in passed(report, "W")
    lies = forged(overlay.program(exercise, path).decode(), reference(exercise, best_sandbox))
    assert "moves" in passed(asked(exercise, best_sandbox, work_of(lies, exercise.stub)), "W")

"""A worker beside the student's, where none of the student's code has run: what is computed there nobody can forge."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from conftest import notebook_of, work_of

from grader.checks import expect
from grader.checks.check import Check
from grader.checks.inputs import Inputs
from grader.checks.student import Student
from grader.errors import SandboxUnavailable, StudentRaised, WorkerCrashed
from grader.exercises.exercise import Exercise, ExerciseLimits
from grader.grading.runner import Settings, grade
from grader.results import CheckResult, Status
from grader.sandbox.host import Sandbox, Worker
from grader.sandbox.limits import Limits
from grader.submissions.work import Work

WRITES = """
def save(path, text):
    with open(path, "w") as file:
        file.write(text)
def same(text):
    return text
"""
LIES = "import torch\ntorch.nn.Module.__call__ = lambda self, x: torch.full((3, 1), 13.0)"
PLAN = [["Linear", 2, 1]]
Body = Callable[[Student, Inputs], None]


@pytest.fixture
def exercise(tmp_path: Path) -> Exercise:
    """An exercise that exists on disk only as far as grading needs it."""
    (tmp_path / "probes.py").write_text("import os\n\ndef die(code):\n    os._exit(code)\n")
    return Exercise(
        id="ex01_rooms", folder=tmp_path, solution_folder=None, title="Rooms", points=1, stub="ex01_rooms.py",
        hints=(), limits=ExerciseLimits(import_s=60, check_s=60, total_s=120),
    )  # fmt: skip


def asked(exercise: Exercise, sandbox: Sandbox, work: Work, *bodies: Body) -> list[CheckResult]:
    checks = [Check(id=body.__name__, title="It holds", points=1.0, function=body) for body in bodies]
    return list(grade(exercise, checks, work, sandbox, Settings(seed=1)).checks)


def carried(student: Student, inputs: Inputs) -> None:
    mine = student.same.new("forty-two")
    path = f"{student.probe('home').value}/mine.txt"
    student.save(path, "forty-two")
    data = student.probe("file_bytes", path).value
    one, another = student.elsewhere(), student.elsewhere()
    theirs = one.probe("put_file", "theirs.txt", data).value
    expect.equal(one.probe("file_bytes", theirs), b"forty-two")
    expect.equal(mine.method("upper")(), "FORTY-TWO")  # what the student's worker holds is still there
    with pytest.raises(StudentRaised, match=r"FileNotFoundError|PermissionError"):
        another.probe("file_bytes", theirs)


def honest(student: Student, inputs: Inputs) -> None:
    state, x = {"0.weight": inputs.normal(1, 2), "0.bias": inputs.normal(1)}, inputs.normal(3, 2)
    here, there = (room.make("model", PLAN, state).forward(x) for room in (student, student.elsewhere()))
    expect.equal(here, np.full((3, 1), 13, "float32"))
    expect.close(there, x @ state["0.weight"].T + state["0.bias"])


def dies(student: Student, inputs: Inputs) -> None:
    mine = student.same.new("forty-two")
    there = student.elsewhere()
    with pytest.raises(WorkerCrashed, match="exit code 7"):
        there.probe("die", 7)
    expect.equal(mine.method("upper")(), "FORTY-TWO")
    there.probe("home")


@pytest.mark.slow
def test_what_is_carried_there_is_asked_there(exercise: Exercise, jailed_sandbox: Sandbox) -> None:
    """At basic nothing keeps one worker from another one's files."""
    (result,) = asked(exercise, jailed_sandbox, work_of(WRITES), carried)
    assert result.status is Status.PASSED, result.message


def test_a_notebook_is_carried_alike(exercise: Exercise, best_sandbox: Sandbox) -> None:
    (result,) = asked(exercise, best_sandbox, notebook_of(WRITES), carried)
    assert result.status is Status.PASSED, result.message


@pytest.mark.slow
def test_what_the_students_code_has_done_to_torch_is_not_done_there(exercise: Exercise, any_sandbox: Sandbox) -> None:
    (result,) = asked(exercise, any_sandbox, work_of(LIES), honest)
    assert result.status is Status.PASSED, result.message


def test_one_that_dies_there_takes_nothing_with_it(exercise: Exercise, best_sandbox: Sandbox) -> None:
    ended, after = asked(exercise, best_sandbox, work_of(WRITES), dies, carried)
    assert ended.status is Status.CRASHED
    assert "an earlier question of this check ended it" in ended.message
    assert after.status is Status.PASSED, after.message


def test_every_worker_ends_with_its_check(
    exercise: Exercise, best_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    start, stop = best_sandbox.start_worker, best_sandbox.stop_worker
    alive: list[Worker] = []
    most: list[int] = []

    def started(limits: Limits, *, kernel: bool = False, warm: tuple[str, ...] = ()) -> Worker:
        alive.append(start(limits, kernel=kernel, warm=warm))
        most.append(len(alive))
        return alive[-1]

    def stopped(worker: Worker) -> str:
        alive.remove(worker)
        return stop(worker)

    monkeypatch.setattr(best_sandbox, "start_worker", started)
    monkeypatch.setattr(best_sandbox, "stop_worker", stopped)
    first, second = asked(exercise, best_sandbox, work_of(WRITES), carried, honest)
    assert (first.status, second.status) == (Status.PASSED, Status.FAILED)  # nobody lies here
    assert most == [1, 2, 3, 2]
    assert not alive


def test_one_that_does_not_start_is_our_fault(
    exercise: Exercise, best_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    start, calls = best_sandbox.start_worker, []

    def started(limits: Limits, *, kernel: bool = False, warm: tuple[str, ...] = ()) -> Worker:
        calls.append(limits)
        if len(calls) > 1:
            raise SandboxUnavailable("No room is left.")
        return start(limits, kernel=kernel, warm=warm)

    monkeypatch.setattr(best_sandbox, "start_worker", started)
    (result,) = asked(exercise, best_sandbox, work_of(WRITES), carried)
    assert (result.status, result.message) == (Status.GRADER_ERROR, "No room is left.")

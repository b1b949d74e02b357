"""What becomes of a check: its status, and that each costs its own check only."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from conftest import work_of
from patience import AT_LAST_S

from grader.checks import expect
from grader.checks.check import Check
from grader.checks.inputs import Inputs
from grader.checks.student import Student
from grader.errors import SandboxUnavailable
from grader.exercises.exercise import Exercise, ExerciseLimits
from grader.grading.runner import Settings, grade
from grader.results import Report, Status
from grader.sandbox.host import Sandbox, Worker
from grader.sandbox.limits import Limits


@pytest.fixture
def exercise(tmp_path: Path) -> Exercise:
    """An exercise that exists on disk only as far as grading needs it."""
    return Exercise(
        id="ex01_numbers", folder=tmp_path, solution_folder=None, title="Numbers", points=3, stub="ex01_numbers.py",
        hints=(), limits=ExerciseLimits(import_s=10, check_s=1.0, total_s=30),
    )  # fmt: skip


def asks(name: str, *, after: tuple[str, ...] = (), expected: object = 1, timeout: float | None = None) -> Check:
    """A check that calls the student's function `name` and expects 1."""

    def function(student: Student, inputs: Inputs) -> None:
        expect.close(getattr(student, name)(), expected)

    return Check(id=name, title=f"{name}() is 1", points=1.0, function=function, after=after, timeout=timeout)


SOURCE = """
import os, time
print("loaded")
def right(): return 1
def wrong(): return 2
def raises(): return 1 / 0
def hangs():
    while True: pass
def dies(): os._exit(0)
def closes(): os.close(3); return 1
def slow(): time.sleep(0.2); return 1
def cyclic():
    items = []
    items.append(items)
    return items
def huge():
    import torch
    return torch.zeros(1).expand(10**12)
def generator(): yield 1
"""


def run(exercise: Exercise, sandbox: Sandbox, *checks: Check, source: str = SOURCE) -> Report:
    return grade(exercise, checks, work_of(source), sandbox, Settings(seed=3))


def statuses(report: Report) -> list[str]:
    return [str(result.status) for result in report.checks]


@pytest.mark.slow
def test_every_fault_costs_its_own_check_only(exercise: Exercise, any_sandbox: Sandbox) -> None:
    names = ["right", "wrong", "raises", "hangs", "dies"]
    checks = [asks(name) for name in names] + [asks("slow")]
    report = run(exercise, any_sandbox, *checks)
    assert statuses(report) == ["passed", "failed", "error", "timeout", "crashed", "passed"]
    assert (report.earned, report.points) == (2, 6)
    assert not report.passed
    assert not report.our_fault


def test_a_check_after_one_that_did_not_pass_is_skipped_and_earns_nothing(
    exercise: Exercise, best_sandbox: Sandbox
) -> None:
    report = run(exercise, best_sandbox, asks("wrong"), asks("right", after=("wrong",)), asks("slow", after=("right",)))
    assert statuses(report) == ["failed", "skipped", "skipped"]
    assert report.earned == 0


def elsewhere(student: Student, inputs: Inputs) -> None:
    expect.gradable(False, "This machine has no GPU.")


def test_what_cannot_be_asked_here_counts_neither_for_nor_against_anyone(
    exercise: Exercise, best_sandbox: Sandbox
) -> None:
    lacking = Check(id="elsewhere", title="it works on a GPU", points=5.0, function=elsewhere)
    waiting = replace(asks("right", after=("elsewhere",)), id="waiting")
    report = run(exercise, best_sandbox, lacking, waiting, asks("right"))
    assert statuses(report) == ["not_gradable", "not_gradable", "passed"]
    assert report.checks[0].message == "This machine has no GPU."
    assert (report.earned, report.points) == (1, 1)
    assert report.passed


def test_work_of_which_nothing_could_be_asked_has_not_passed(exercise: Exercise, best_sandbox: Sandbox) -> None:
    lacking = Check(id="elsewhere", title="it works on a GPU", points=5.0, function=elsewhere)
    report = run(exercise, best_sandbox, lacking)
    assert not report.passed
    assert not report.our_fault


def test_a_failure_carries_both_values(exercise: Exercise, best_sandbox: Sandbox) -> None:
    (result,) = run(exercise, best_sandbox, asks("wrong")).checks
    assert result.message == "wrong() returned 2; expected 1."
    assert result.evidence == {"asked": "wrong()", "got": "2", "expected": "1"}


def test_an_error_points_at_the_students_line(exercise: Exercise, best_sandbox: Sandbox) -> None:
    (result,) = run(exercise, best_sandbox, asks("raises")).checks
    assert "ZeroDivisionError: division by zero at ex01_numbers.py:6, in raises" in result.message
    assert result.evidence["line"] == "def raises(): return 1 / 0"


def test_a_timeout_names_the_checks_own_limit(exercise: Exercise, best_sandbox: Sandbox) -> None:
    (result,) = run(exercise, best_sandbox, asks("hangs", timeout=0.3)).checks
    assert result.message == "hangs() gave no answer within 0.3 s."


def test_a_crash_tells_its_cause(exercise: Exercise, best_sandbox: Sandbox) -> None:
    (result,) = run(exercise, best_sandbox, asks("dies")).checks
    assert "exit code 0" in result.message


@pytest.mark.slow
def test_cutting_the_line_is_a_crash_and_never_a_pass(exercise: Exercise, any_sandbox: Sandbox) -> None:
    report = run(exercise, any_sandbox, asks("closes"), asks("right"))
    assert statuses(report) == ["crashed", "passed"]


@pytest.mark.parametrize("name", ["cyclic", "huge", "generator"])
def test_an_answer_that_cannot_cross_is_a_failed_check(exercise: Exercise, best_sandbox: Sandbox, name: str) -> None:
    report = run(exercise, best_sandbox, asks(name), asks("right"))
    assert statuses(report) == ["failed", "passed"]


def test_the_whole_submissions_time_is_bounded(exercise: Exercise, best_sandbox: Sandbox) -> None:
    limits = ExerciseLimits(check_s=600.0, total_s=1.5)
    bounded = Exercise(**{**vars(exercise), "limits": limits})
    hangs = [Check(**{**vars(asks("hangs")), "id": f"hangs_{i}"}) for i in range(20)]
    report = run(bounded, best_sandbox, *hangs)
    assert set(statuses(report)) == {"timeout"}
    assert report.duration_s < AT_LAST_S


def test_a_check_that_breaks_is_our_fault_and_never_a_zero(exercise: Exercise, best_sandbox: Sandbox) -> None:
    def broken(student: Student, inputs: Inputs) -> None:
        raise ZeroDivisionError

    check = Check(id="broken", title="broken", points=1, function=broken)
    report = run(exercise, best_sandbox, check, asks("right"))
    assert statuses(report) == ["grader_error", "passed"]
    assert report.our_fault
    assert not report.passed


def test_a_sandbox_that_cannot_be_had_is_our_fault(exercise: Exercise) -> None:
    class Nothing:
        """A sandbox on a machine that is out of processes."""

        level = "full"
        accelerator = ""

        def __init__(self) -> None:
            self.versions: dict[str, str] = {}

        def start_worker(self, limits: Limits, *, kernel: bool = False, warm: tuple[str, ...] = ()) -> Worker:
            raise SandboxUnavailable("The zygote could not start a worker: no processes are left.")

        def stop_worker(self, worker: Worker) -> str:
            return ""

        def close(self) -> None:
            pass

    report = run(exercise, Nothing(), asks("right"), asks("wrong"))
    assert statuses(report) == ["grader_error", "grader_error"]
    assert report.problem is None


@pytest.mark.slow
def test_a_zygote_that_is_killed_between_two_submissions_is_replaced(exercise: Exercise) -> None:
    import os
    import signal

    from grader.sandbox.forked import ZygoteSandbox
    from grader.sandbox.ladder import open_sandbox

    sandbox = open_sandbox()
    try:
        assert run(exercise, sandbox, asks("right")).passed
        if not isinstance(sandbox.inner, ZygoteSandbox):
            pytest.skip("no level with a zygote here")
        os.killpg(sandbox.inner.pid, signal.SIGKILL)
        assert run(exercise, sandbox, asks("right")).passed
    finally:
        sandbox.close()


def test_what_was_printed_is_in_the_report(exercise: Exercise, best_sandbox: Sandbox) -> None:
    assert run(exercise, best_sandbox, asks("right")).output.startswith("loaded")


@pytest.mark.slow
def test_the_report_says_what_it_rests_on(exercise: Exercise, any_sandbox: Sandbox) -> None:
    report = run(exercise, any_sandbox, asks("right"))
    assert report.isolation.level == any_sandbox.level
    assert "resource limits" in report.isolation.layers
    assert set(report.versions) == {"grader", "checks", "python", "torch", "numpy"}
    assert report.seed == 3
    assert report.submission.sha256 == work_of(SOURCE).sha256
    assert report.checks[0].status is Status.PASSED

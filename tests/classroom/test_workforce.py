"""Many submissions at a time: each gets its verdict, whatever its neighbours or the machine do."""

from __future__ import annotations

import json
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from msgspec import structs
from patience import AT_LAST_S, until
from processes import descendants
from tasks import RIGHT, task

from grader.checks.inputs import class_seed
from grader.classroom.workforce import Graded, Task, Threads, grade_all, grade_task
from grader.exercises.course import Course
from grader.exercises.exercise import Exercise, ExerciseLimits
from grader.grading.examiner import Examiner
from grader.results import Report, Status
from grader.sandbox.forked import ZygoteSandbox
from grader.sandbox.host import Sandbox
from grader.sandbox.ladder import Ladder, open_sandbox
from grader.sandbox.limits import Limits
from grader.submissions.work import Work, of_bytes

ATTACKS = ROOT / "tests" / "hostile" / "attacks"
SLOW = RIGHT + "\nimport time; time.sleep(1)\n"


@pytest.fixture(scope="module")
def exercise(course: Course) -> Exercise:
    """ex13, with little patience."""
    return replace(course.find("ex13"), limits=ExerciseLimits(import_s=10.0, check_s=4.0, total_s=15.0))


@pytest.fixture(scope="module")
def examiner(exercise: Exercise) -> Examiner:
    return Examiner([exercise], secret=b"secret")


@pytest.fixture
def ladder() -> Iterator[Ladder]:
    """A sandbox of this test's own, which it may damage."""
    with closing(open_sandbox("full")) as made:
        made.settle()
        yield made


def by_student(graded: Iterator[Graded]) -> dict[str, Graded]:
    return {one.task.student: one for one in graded}


def sandbox_of(ladder: Ladder) -> ZygoteSandbox:
    assert isinstance(ladder.inner, ZygoteSandbox)
    return ladder.inner


@pytest.mark.slow
def test_everybody_gets_the_verdict_of_their_own_work(examiner: Examiner, best_sandbox: Sandbox) -> None:
    force = Threads(examiner, best_sandbox, jobs=3, gpu_jobs=1)
    works = {"right": RIGHT, "wrong": RIGHT.replace("x**2", "x**3"), "empty": "", "raises": "1 / 0"}
    tasks = [task(f"{name} {number}", source) for number in range(3) for name, source in works.items()]
    graded = by_student(grade_all({"cpu": iter(tasks)}, force, examiner))
    assert set(graded) == {one.student for one in tasks}
    for student, one in graded.items():
        assert one.report.passed == student.startswith("right")
        assert one.tries == 1
        assert one.report.seed == one.task.seed


@pytest.mark.slow
def test_a_notebook_is_graded_among_files(examiner: Examiner, best_sandbox: Sandbox) -> None:
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    file = {"cells": [{**cell, "source": RIGHT}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    notebook = structs.replace(task("notebook", ""), work=of_bytes("ex13.ipynb", json.dumps(file).encode()))
    graded = by_student(
        grade_all({"cpu": iter([notebook, task("file", RIGHT)])}, Threads(examiner, best_sandbox, 2, 1), examiner)
    )
    assert {student for student, one in graded.items() if one.report.passed} == {"notebook", "file"}


def test_tasks_are_asked_for_as_they_are_needed(examiner: Examiner, best_sandbox: Sandbox) -> None:
    taken = 0

    def tasks() -> Iterator[Task]:
        nonlocal taken
        for number in range(20):
            taken += 1
            yield task(str(number), RIGHT)

    force = Threads(examiner, best_sandbox, jobs=2, gpu_jobs=1)
    for done, _ in enumerate(grade_all({"cpu": tasks()}, force, examiner)):
        assert taken <= done + 2 * 2 + 1
    assert taken == 20


class Watched(Examiner):
    """An examiner that notes how many tasks it has in hand on each device."""

    def __init__(self, exercises: list[Exercise]) -> None:
        super().__init__(exercises, secret=b"secret")
        self.lock = threading.Lock()
        self.now = {"cpu": 0, "cuda": 0}
        self.most = {"cpu": 0, "cuda": 0}

    def grade(self, exercise: Exercise, work: Work, sandbox: Sandbox, *, device: str, **more: Any) -> Report:
        with self.lock:
            self.now[device] += 1
            self.most[device] = max(self.most[device], self.now[device])
        try:
            return super().grade(exercise, work, sandbox, device="cpu", **more)
        finally:
            with self.lock:
                self.now[device] -= 1


@pytest.mark.slow
def test_few_share_a_gpu_while_the_others_go_on(exercise: Exercise, best_sandbox: Sandbox) -> None:
    watched = Watched([exercise])
    force = Threads(watched, best_sandbox, jobs=3, gpu_jobs=1)
    queues = {device: iter([task(f"{device}{n}", SLOW, device=device) for n in range(4)]) for device in ("cpu", "cuda")}
    graded = by_student(grade_all(queues, force, watched))
    assert len(graded) == 8
    assert watched.most == {"cpu": 3, "cuda": 1}


@pytest.mark.slow
def test_a_zygote_that_dies_costs_nobody_anything(examiner: Examiner, ladder: Ladder) -> None:
    force = Threads(examiner, ladder, jobs=3, gpu_jobs=1)
    first = sandbox_of(ladder)
    killer = threading.Timer(0.7, os.killpg, (first.pid, signal.SIGKILL))
    killer.start()
    graded = by_student(grade_all({"cpu": iter([task(str(number), SLOW) for number in range(6)])}, force, examiner))
    killer.join()
    assert len(graded) == 6
    assert all(one.report.passed for one in graded.values()), [one.report.checks for one in graded.values()]
    assert sandbox_of(ladder) is not first


@pytest.mark.slow
def test_what_dies_with_the_zygote_is_called_our_fault(examiner: Examiner, ladder: Ladder) -> None:
    reports: list[Report] = []
    slow = task(
        "a", RIGHT.replace("def gradient_at", "def gradient_at(x, y):\n    import time; time.sleep(600)\ndef _")
    )
    thread = threading.Thread(target=lambda: reports.append(grade_task(examiner, slow, ladder)))
    thread.start()
    assert until(lambda: len(descendants(sandbox_of(ladder).pid)) == 2), "the namespaces' pid 1 and the worker"
    os.killpg(sandbox_of(ladder).pid, signal.SIGKILL)
    thread.join(AT_LAST_S)
    assert Status.GRADER_ERROR in {result.status for result in reports[0].checks}
    assert Status.CRASHED not in {result.status for result in reports[0].checks}


@pytest.mark.slow
def test_a_worker_is_stopped_by_the_zygote_that_started_it(ladder: Ladder) -> None:
    old = ladder.start_worker(Limits())
    os.killpg(sandbox_of(ladder).pid, signal.SIGKILL)
    new = ladder.start_worker(Limits())  # in another zygote, under the same number
    assert new.pid == old.pid
    with pytest.raises(Exception, match="zygote"):
        ladder.stop_worker(old)
    assert ladder.stop_worker(new) == ""  # it was alive


class Broken(Threads):
    """A workforce that loses some tasks, as a cluster may: the first time, or always."""

    def __init__(self, examiner: Examiner, sandbox: Sandbox, lost: dict[str, int]) -> None:
        super().__init__(examiner, sandbox, 2, 1)
        self.lost = lost

    def submit(self, task: Task) -> Future[bytes]:
        self.lost[task.student] = self.lost.get(task.student, 0) - 1
        if self.lost[task.student] < 0:
            return super().submit(task)
        gone: Future[bytes] = Future()
        gone.set_exception(RuntimeError("the machine is gone"))
        return gone


def test_what_was_lost_is_graded_once_more_and_else_never_a_zero(examiner: Examiner, best_sandbox: Sandbox) -> None:
    force = Broken(examiner, best_sandbox, {"once": 1, "always": 9})
    graded = by_student(
        grade_all({"cpu": iter([task(s, RIGHT) for s in ("once", "always", "never")])}, force, examiner)
    )
    assert graded["never"].report.passed
    assert (graded["once"].report.passed, graded["once"].tries) == (True, 2)
    always = graded["always"].report
    assert always.our_fault
    assert {result.status for result in always.checks} == {Status.GRADER_ERROR}
    assert "the machine is gone" in always.checks[0].message
    assert always.points == 10


@pytest.mark.slow
@pytest.mark.parametrize("attack", ["fork_bomb", "kills_everyone", "os_exit_at_import", "loops_deaf_to_signals"])
def test_an_attacker_among_honest_students_harms_none_of_them(
    examiner: Examiner, jailed_sandbox: Sandbox, tmp_path: Path, attack: str
) -> None:
    source = (ATTACKS / f"{attack}.py").read_text(encoding="utf-8")
    source = source.replace("__ROOT__", str(ROOT)).replace("__DECOY__", str(tmp_path))
    force = Threads(examiner, jailed_sandbox, jobs=3, gpu_jobs=1)
    tasks = [task(f"{kind} {n}", text) for n in range(3) for kind, text in (("honest", RIGHT), ("mallory", source))]
    graded = by_student(grade_all({"cpu": iter(tasks)}, force, examiner))
    assert len(graded) == 6
    for student, one in graded.items():
        assert one.report.earned == (10 if student.startswith("honest") else 0), (student, one.report.checks)
        assert not one.report.our_fault


def test_no_two_students_and_no_two_attempts_get_the_same_seed() -> None:
    names = [*(f"student {number}" for number in range(2000)), "a/b", "a", "b/a"]
    seeds = {
        class_seed(secret, name, exercise, attempt)
        for secret in (b"one", b"two")
        for name in names
        for exercise in ("ex13", "ex14")
        for attempt in (1, 2)
    }
    assert len(seeds) == 2 * len(names) * 2 * 2
    assert all(0 <= seed < 2**53 for seed in seeds)
    assert class_seed(b"one", "ada", "ex13", 1) == class_seed(b"one", "ada", "ex13", 1)

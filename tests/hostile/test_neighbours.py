"""Two submissions that are graded at the same time: what one does to the machine, the other does not feel."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import work_of

from grader.classroom.workforce import Terms, threads
from grader.exercises.course import Course
from grader.grading.examiner import Examiner
from grader.grading.runner import Settings, grade
from grader.sandbox import wire
from grader.sandbox.host import Sandbox
from grader.sandbox.ladder import Ladder
from grader.sandbox.limits import NO_NAMESPACES, Limits

FILLS = b"""
import os, time
children = 0
for _ in range(400):
    try:
        if os.fork() == 0:
            time.sleep(600)
            os._exit(0)
        children += 1
    except OSError:
        break
"""
STARTS_THREADS = """
import threading
threads = [threading.Thread(target=lambda: None) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
"""


def test_whoever_fills_its_share_of_processes_takes_nobody_elses(course: Course, jailed_sandbox: Sandbox) -> None:
    assert isinstance(jailed_sandbox, Ladder)
    jailed_sandbox.settle()
    if not jailed_sandbox.apart:
        pytest.skip("only root can part uids; elsewhere one submission is graded at a time")
    exercise = course.find("ex13")
    honest = exercise.solution_path.read_text(encoding="utf-8") + STARTS_THREADS  # type: ignore[union-attr]
    mallory = jailed_sandbox.start_worker(Limits(processes=16))
    try:
        reply, _ = mallory.ask(wire.Load(name="a.py", source=FILLS, seed=1), b"", 120, "importing a.py")
        assert reply == wire.Done(None)
        assert mallory.ask(wire.Get(path=["children"]), b"", 120, "children")[0] == wire.Done(15)
        report = grade(
            exercise, exercise.load_checks(hidden=True), work_of(honest), jailed_sandbox, Settings(secret=b"s")
        )
    finally:
        jailed_sandbox.stop_worker(mallory)
    assert report.passed, report.problem


def test_where_they_cannot_be_parted_one_is_graded_at_a_time(course: Course, best_sandbox: Sandbox) -> None:
    class OneUid(Ladder):
        apart = False  # type: ignore[assignment]

    assert isinstance(best_sandbox, Ladder)
    best_sandbox.settle()
    together = object.__new__(OneUid)
    together.__dict__.update(best_sandbox.__dict__)
    terms = Terms(device="cpu", isolation="auto", allow_unsafe=True, jobs=4, gpu_jobs=2, submissions=2)
    for sandbox, width in ((together, 1), (best_sandbox, 4)):
        force = threads(Examiner([course.find("ex13")]), sandbox, terms)
        assert force.width("cpu") == width
        for pool in force._pools.values():
            pool.shutdown()


def test_a_workers_files_are_its_own_and_gone_with_it(sandboxes: Callable[[str], Sandbox]) -> None:
    sandbox = sandboxes(NO_NAMESPACES)
    assert isinstance(sandbox, Ladder)
    first, second = (sandbox.start_worker(Limits()) for _ in range(2))
    source = b"import os\nwho = os.getresuid()\nopen('kept', 'w').close()\nos.mkdir('shut')\nos.chmod('shut', 0)\n"
    found = set()
    for worker in (first, second):
        worker.ask(wire.Load(name="a.py", source=source, seed=1), b"", 120, "importing a.py")
        found.add(str(worker.ask(wire.Get(path=["who"]), b"", 120, "who")[0]))
    assert len(found) == (2 if sandbox.apart else 1)
    for worker in (first, second):
        sandbox.stop_worker(worker)
    assert not list(Path(sandbox.inner.folder).iterdir())  # type: ignore[attr-defined]

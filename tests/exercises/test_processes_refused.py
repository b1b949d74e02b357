"""Where student code may start no process, lab16 asks for none: nobody's fault, and the report says what to do."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import work_of
from msgspec import structs

from grader.exercises.course import Course
from grader.grading.runner import Settings, grade
from grader.results import Status
from grader.sandbox.host import Sandbox


@pytest.mark.slow
def test_without_processes_the_checks_that_need_them_count_for_nobody(course: Course, best_sandbox: Sandbox) -> None:
    exercise = course.find("lab16")
    assert exercise.solution_path is not None
    limits = replace(exercise.limits, worker=structs.replace(exercise.limits.worker, processes=1))
    report = grade(
        replace(exercise, limits=limits),
        exercise.load_checks(hidden=True),
        work_of(exercise.solution_path.read_bytes(), exercise.stub),
        best_sandbox,
        Settings(seed=1, secret=b"t"),
    )
    found = {check.id: check for check in report.checks}
    unasked = {name for name, check in found.items() if check.status is Status.NOT_GRADABLE}
    assert unasked == {"side_by_side", "drawn_apart", "own_processes"}
    assert found["side_by_side"].message.startswith("This machine does not let student code start processes (")
    assert "docker run --pids-limit" in found["side_by_side"].message
    assert {check.status for name, check in found.items() if name not in unasked} == {Status.PASSED}

"""The examiner: what work is graded by is chosen once."""

from __future__ import annotations

from pathlib import Path

from conftest import work_of
from small_courses import RIGHT, make_course

from grader.exercises.course import Course
from grader.grading.examiner import Examiner
from grader.sandbox.host import Sandbox


def test_a_verdict_names_the_checks_that_gave_it_whatever_an_author_saves_meanwhile(
    tmp_path: Path, best_sandbox: Sandbox
) -> None:
    exercise = Course(make_course(tmp_path)).find("ex01")
    examiner, before = Examiner([exercise]).load(), exercise.fingerprint()
    checks = exercise.folder / "checks.py"
    checks.write_text(checks.read_text().replace("42)", "43)"))
    report = examiner.grade(exercise, work_of(RIGHT), best_sandbox, device="cpu")
    assert report.passed, "by the checks that were loaded"
    assert report.versions["checks"] == before != exercise.fingerprint()
    again = Examiner([exercise]).grade(exercise, work_of(RIGHT), best_sandbox, device="cpu")
    assert not again.passed
    assert again.versions["checks"] == exercise.fingerprint()

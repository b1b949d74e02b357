"""Where torch has no TorchScript any more, the lab about it costs nobody a point."""

from __future__ import annotations

import shutil
from pathlib import Path

from conftest import work_of
from places import ROOT

from grader.exercises.course import Course
from grader.grading.runner import Settings, grade
from grader.results import Status
from grader.sandbox.host import Sandbox

LAB = "lab18_torchscript"


def test_no_check_of_the_lab_counts_for_or_against_anyone(tmp_path: Path, best_sandbox: Sandbox) -> None:
    for side in ("exercises", "solutions"):
        shutil.copytree(ROOT / side / LAB, tmp_path / side / LAB)
    with (tmp_path / "exercises" / LAB / "probes.py").open("a") as probes:
        probes.write("\n\ndef torchscript_works() -> bool:\n    return False\n")
    exercise = Course(tmp_path).find("lab18")
    for source in (exercise.stub_path.read_text(), (tmp_path / "solutions" / LAB / exercise.stub).read_text()):
        report = grade(exercise, exercise.load_checks(hidden=True), work_of(source), best_sandbox, Settings(seed=1))
        assert {result.status for result in report.checks} == {Status.NOT_GRADABLE}, report.checks
        assert "no TorchScript that works" in report.checks[0].message
        assert (report.earned, report.points) == (0, 0)

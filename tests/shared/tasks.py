"""Tasks for those who grade a class."""

from __future__ import annotations

from conftest import work_of
from places import ROOT

from grader.checks.inputs import class_seed
from grader.classroom.workforce import Task

RIGHT = (ROOT / "solutions/ex13_sin_gradient/ex13_sin_gradient.py").read_text()


def task(student: str, source: str, exercise: str = "ex13_sin_gradient", device: str = "cpu") -> Task:
    seed = class_seed(b"secret", student, exercise, 1)
    work = work_of(source, "ex13_sin_gradient.py")
    return Task(student=student, exercise=exercise, attempt=1, seed=seed, device=device, work=work)

"""Helpers that all exercises share in the worker: parameters by name, files for a fresh worker, calls side by side."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import work_of

from grader.exercises.course import Course
from grader.grading.runner import Settings, grade
from grader.results import CheckResult
from grader.sandbox.host import Sandbox

GradeWith = Callable[[str, str], CheckResult]
TWINS = """
import torch
class Twins(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.second = torch.nn.Linear(2, 1), torch.nn.Linear(2, 1)
    def forward(self, x):
        return self.first(x) - self.second(x)
"""
NAMED = """
    model = student.Twins.new()
    one, other = inputs.normal(1, 2), inputs.normal(1, 2)
    model.load_named({"first.weight": one, "second.weight": other, "first.bias": one[0, :1], "second.bias": one[0, :1]})
    x = inputs.normal(3, 2)
    expect.close(model.forward(x), x @ (one - other).T)
"""
ACROSS = """
    path = student.probe("home").value + "/mine.txt"
    student.save(path, "forty-two")
    data = student.probe("file_bytes", path).value
    student.restart()
    expect.equal(student.load(student.probe("put_file", "theirs.txt", data).value), "forty-two")
"""
SIDE_BY_SIDE = """
    path = student.probe("home").value
    codes = student.probe("together", student.WORK.handle(), [[path, n] for n in range(4)]).value
    expect.that(codes == [0, 0, 1, -9], f"The exit codes are {codes}.")
"""
FILES = """
def save(path, text):
    with open(path, "w") as file:
        file.write(text)
def load(path):
    with open(path) as file:
        return file.read()
"""
WORK = """
import os
def WORK(path, number):
    if number == 2:
        raise ValueError("two")
    if number == 3:
        os.kill(os.getpid(), 9)
    open(f"{path}/{number}", "w").close()
"""


@pytest.fixture
def grade_with(tmp_path: Path, any_sandbox: Sandbox) -> GradeWith:
    """Grade a piece of source by one check with this body."""

    def run(body: str, source: str) -> CheckResult:
        folder = tmp_path / "exercises" / "ex01_shared"
        folder.mkdir(parents=True)
        definition = 'title = "Shared"\npoints = 1\nstub = "ex01_shared.py"\nhints = ["No."]\n'
        (folder / "exercise.toml").write_text(f"{definition}[limits]\ncheck_s = 60\ntotal_s = 90\n")
        (folder / "ex01_shared.py").write_text("")
        head = "from grader import Inputs, Student, check, expect\n\n@check('it holds', points=1)\n"
        (folder / "checks.py").write_text(f"{head}def holds(student: Student, inputs: Inputs) -> None:{body}")
        exercise = Course(tmp_path).find("ex01")
        report = grade(exercise, exercise.load_checks(hidden=False), work_of(source), any_sandbox, Settings(seed=1))
        return report.checks[0]

    return run


def test_parameters_of_one_shape_are_told_apart_by_their_names(grade_with: GradeWith) -> None:
    assert grade_with(NAMED, TWINS).status == "passed"


def test_a_parameter_that_is_not_there_is_a_sentence_with_its_name(grade_with: GradeWith) -> None:
    result = grade_with(NAMED, TWINS.replace("second", "other"))
    assert result.status == "failed"
    assert "needs a parameter second.weight of shape (1, 2); there is none." in result.message


def test_a_parameter_of_another_shape_is_a_sentence_with_both(grade_with: GradeWith) -> None:
    result = grade_with(
        NAMED, TWINS.replace("Linear(2, 1), torch.nn.Linear(2, 1)", "Linear(2, 1), torch.nn.Linear(2, 3)")
    )
    assert result.status == "failed"
    assert "needs a parameter second.weight of shape (1, 2); its own has the shape [3, 2]." in result.message


def test_what_one_worker_has_written_is_read_by_a_fresh_one(grade_with: GradeWith) -> None:
    assert grade_with(ACROSS, FILES).status == "passed"


def test_calls_side_by_side_end_each_with_its_own_exit_code(grade_with: GradeWith) -> None:
    result = grade_with(SIDE_BY_SIDE, WORK)
    assert result.status == "passed", result.message

"""Every bad input gets one sentence that a student understands, and the right status."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import Grade, work_of

from grader.errors import UsageError
from grader.exercises.course import Course
from grader.exercises.exercise import ExerciseLimits
from grader.grading.runner import Settings, grade
from grader.results import Report, Status
from grader.sandbox.host import Sandbox, Worker
from grader.sandbox.limits import Limits
from grader.submissions.own import resolve
from grader.submissions.work import read

HONEST = """
import torch
def sin_x2y(x, y): return torch.sin(x**2 * y)
def gradient(f, *point):
    leaves = [torch.tensor(float(v), requires_grad=True) for v in point]
    f(*leaves).backward()
    return tuple(0.0 if leaf.grad is None else leaf.grad.item() for leaf in leaves)
def gradient_at(x, y): return gradient(sin_x2y, x, y)
"""


def grade_bytes(course: Course, sandbox: Sandbox, data: bytes, path: Path) -> Report:
    path.write_bytes(data)
    exercise = course.find("ex13")
    return grade(exercise, exercise.load_checks(hidden=False), read(path), sandbox, Settings())


def statuses(report: Report) -> set[Status]:
    return {result.status for result in report.checks}


# --- there is nothing to grade: exit code 2, one sentence ---------------------------------------------------------


def refusal(course: Course, target: Path) -> str:
    with pytest.raises(UsageError) as caught:
        resolve(course, str(target))
    return str(caught.value)


def test_a_missing_file_is_named(course: Course, tmp_path: Path) -> None:
    assert "ex13_sin_gradient.py does not exist. Check the spelling" in refusal(
        course, tmp_path / "ex13_sin_gradient.py"
    )


def test_a_folder_is_told_from_a_file(course: Course, tmp_path: Path) -> None:
    assert "is a folder. Name the file inside it" in refusal(course, tmp_path)


def test_a_broken_link_says_where_it_pointed(course: Course, tmp_path: Path) -> None:
    link = tmp_path / "ex13_sin_gradient.py"
    link.symlink_to(tmp_path / "gone.py")
    assert "is a link to" in refusal(course, link)
    assert "gone.py, which does not exist" in refusal(course, link)


def test_a_link_to_a_solution_is_not_graded_as_the_students_work(course: Course, tmp_path: Path) -> None:
    link = tmp_path / "ex13_sin_gradient.py"
    link.symlink_to(course.root / "solutions/ex13_sin_gradient/ex13_sin_gradient.py")
    assert "is a link to a file outside its folder. Hand in the file itself." in refusal(course, link)


def test_a_name_that_belongs_to_no_exercise_says_how_to_name_it(course: Course, tmp_path: Path) -> None:
    path = tmp_path / "homework.py"
    path.write_text(HONEST)
    assert "the name does not say which exercise this is" in refusal(course, path)
    assert "--exercise ID" in refusal(course, path)


def test_a_file_that_is_not_python_is_refused(course: Course, tmp_path: Path) -> None:
    path = tmp_path / "ex13_sin_gradient.docx"
    path.write_bytes(b"PK")
    assert "not a Python file: its name should end in .py" in refusal(course, path)


def test_an_unknown_exercise_lists_the_known_ones(course: Course) -> None:
    with pytest.raises(
        UsageError, match=r"There is no exercise 'ex99'. The exercises are: ex01 to ex15, lab01 to lab20\.$"
    ):
        resolve(course, "ex99")


# --- there is a file, but it cannot be a solution: a report with status error -------------------------------------


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "Your file is empty"),
        (b"\n  \n", "Your file is empty"),
        (b"\x7fELF\0\0\0\x01", "Your file is not text"),
        ("import torch".encode("utf-16"), "saved as UTF-16"),
        (b"#" * (50 << 20), "Your file is 50.0 MB"),
        ("s = 'é'\n".encode("latin-1"), "not UTF-8: save it again"),
    ],
    ids=["empty", "blank", "binary", "utf-16", "50 MB", "latin-1"],
)
def test_a_file_that_is_no_text_gets_one_sentence(
    course: Course, best_sandbox: Sandbox, tmp_path: Path, data: bytes, words: str
) -> None:
    report = grade_bytes(course, best_sandbox, data, tmp_path / "ex13_sin_gradient.py")
    assert words in (report.problem or "")
    assert statuses(report) == {Status.ERROR}
    assert report.earned == 0
    assert report.submission.size == len(data)


@pytest.mark.parametrize("data", ["\ufeff" + HONEST, HONEST.replace("\n", "\r\n")], ids=["byte order mark", "CRLF"])
def test_a_windows_editors_habits_cost_nothing(grade_source: Grade, data: str) -> None:
    assert grade_source("ex13", data).passed


def test_another_encoding_that_the_file_declares_is_read(grade_source: Grade) -> None:
    source = "# -*- coding: latin-1 -*-\nname = 'é'\n" + HONEST
    assert grade_source("ex13", source.encode("latin-1")).passed


def test_a_syntax_error_shows_its_line_and_a_caret(grade_source: Grade) -> None:
    report = grade_source("ex13", "import torch\n\ndef gradient_at(x, y:\n    return x\n")
    assert statuses(report) == {Status.ERROR}
    assert report.problem is not None
    assert "Python cannot read line 3" in report.problem
    evidence = report.checks[0].evidence
    assert evidence["line"] == "def gradient_at(x, y:"
    assert evidence["caret"].endswith("^")
    assert evidence["line"][len(evidence["caret"]) - 1] == "("


def test_a_caret_points_into_an_indented_line(grade_source: Grade) -> None:
    evidence = grade_source("ex13", "def f():\n        return 1 +* 2\n").checks[0].evidence
    assert evidence["line"] == "return 1 +* 2"
    assert evidence["line"][len(evidence["caret"]) - 1] == "*"


# --- it loads, but what is asked for is not there -----------------------------------------------------------------


def first_failure(report: Report) -> str:
    result = next(result for result in report.checks if result.status is not Status.PASSED)
    return f"{result.status}: {result.mistake or ''} {result.message}"


def test_a_missing_function_is_named_with_what_is_like_it(grade_source: Grade) -> None:
    report = grade_source("ex13", HONEST.replace("gradient_at", "gradientAt"))
    assert "Your file has no gradient_at." in first_failure(report)
    assert "It has gradientAt" in first_failure(report)
    assert first_failure(report).startswith("failed")


def test_another_signature_says_to_keep_the_stubs(grade_source: Grade) -> None:
    text = first_failure(grade_source("ex13", HONEST.replace("def gradient_at(x, y)", "def gradient_at(point)")))
    assert text.startswith("error")
    assert "Keep the arguments as the stub has them." in text


def test_none_is_told_from_printing(grade_source: Grade) -> None:
    text = first_failure(grade_source("ex13", HONEST.replace("): return gradient(", "): print(gradient(") + ")"))
    assert text.startswith("failed")
    assert "hand the result back with `return`" in text


def test_a_text_is_not_a_pair_of_numbers(grade_source: Grade) -> None:
    text = first_failure(grade_source("ex13", HONEST.replace("return gradient(sin_x2y, x, y)", "return '1.49, 0.26'")))
    assert text.startswith("failed")
    assert "a text (str)" in text


def test_a_missing_package_is_named_with_what_is_there(grade_source: Grade) -> None:
    report = grade_source("ex13", "import tensorflow\n" + HONEST)
    assert statuses(report) == {Status.ERROR}
    assert "No module named 'tensorflow'" in (report.problem or "")
    assert "Only this file is graded, with torch, numpy" in (report.problem or "")


@pytest.mark.slow
@pytest.mark.parametrize(
    "package", ["torchvision", "torchmetrics", "sklearn", "optuna", "pandas", "scipy.stats", "matplotlib.pyplot"]
)
def test_the_chapters_packages_can_be_imported_by_a_confined_submission(grade_source: Grade, package: str) -> None:
    if importlib.util.find_spec(package.split(".")[0]) is None:
        pytest.skip(f"{package} is not installed")
    assert grade_source("ex13", f"import {package}\n" + HONEST).passed


def test_what_runs_at_import_is_shown_and_costs_nothing(grade_source: Grade) -> None:
    report = grade_source("ex13", HONEST + "\nprint('training', gradient_at(1.0, 2.0))\n")
    assert report.passed
    assert "training" in report.output


def test_an_error_at_import_points_at_its_line(grade_source: Grade) -> None:
    report = grade_source("ex13", HONEST + "\nmodel = torch.nn.Linear(2)\n")
    assert statuses(report) == {Status.ERROR}
    assert "ex13_sin_gradient.py:10" in (report.problem or "")


class Counting:
    """A sandbox that counts the workers it starts."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox, self.started = sandbox, 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sandbox, name)

    def start_worker(self, limits: Limits, *, kernel: bool = False, warm: tuple[str, ...] = ()) -> Worker:
        self.started += 1
        return self._sandbox.start_worker(limits, kernel=kernel, warm=warm)


def test_an_endless_import_is_a_timeout_that_is_waited_for_once(course: Course, best_sandbox: Sandbox) -> None:
    exercise, sandbox = replace(course.find("ex13"), limits=ExerciseLimits(import_s=1.0)), Counting(best_sandbox)
    work = work_of(HONEST + "\nwhile True: pass\n")
    report = grade(exercise, exercise.load_checks(hidden=True), work, sandbox, Settings())
    assert statuses(report) == {Status.TIMEOUT}
    assert "no answer within 1 s" in (report.problem or "")
    assert sandbox.started == 1


def test_printing_a_lot_costs_nothing(grade_source: Grade) -> None:
    report = grade_source("ex13", HONEST + "\nfor _ in range(20_000): print('x' * 200)\n")
    assert report.passed
    assert len(report.output) < 5_000


def test_input_is_refused_in_words(grade_source: Grade) -> None:
    assert "not from input()" in first_failure(grade_source("ex13", "x = float(input('x: '))\n" + HONEST))


def test_the_untouched_stub_is_told_that_it_is_still_to_be_written(course: Course, grade_source: Grade) -> None:
    report = grade_source("ex13", course.find("ex13").stub_path.read_text())
    assert report.earned == 0
    assert "still to be written" in first_failure(report)


def test_what_torch_itself_has_not_implemented_is_no_unwritten_stub(grade_source: Grade) -> None:
    moves_from_meta = "import torch\ndef gradient_at(x, y):\n    return torch.ones(2, device='meta').cpu()\n"
    report = grade_source("ex13", moves_from_meta)
    assert "NotImplementedError" in first_failure(report)
    assert "still to be written" not in first_failure(report)


# --- the command itself ----------------------------------------------------------------------------------------------


def run_command(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from grader.cli import main; main()", *arguments],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["no/such/file.py"], "no/such/file.py does not exist"),
        (["ex99"], "There is no exercise 'ex99'"),
        (["ex13", "--device", "tpu"], "--device tpu: say auto, cpu"),
        (["ex13", "--format", "pdf"], "'pdf' is not one of"),
        (["ex13", "--isolation", "none"], "There is no isolation level 'none'"),
        (["ex13", "--seed", "minus"], "--seed"),
        (["ex13", "--nonsense"], "--nonsense"),
        (["hint", "ex13", "99"], "there is no number 99"),
        (["--course", "/nowhere"], "No exercises/ folder"),
    ],
)
def test_bad_usage_is_one_sentence_and_exit_code_2(arguments: list[str], words: str) -> None:
    result = run_command(*arguments)
    assert result.returncode == 2
    assert words in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


@pytest.mark.slow
def test_one_bad_path_does_not_lose_the_others(course: Course, tmp_path: Path) -> None:
    good = tmp_path / "ex13_sin_gradient.py"
    good.write_text(HONEST)
    result = run_command(str(tmp_path / "missing.py"), str(good), "--course", str(course.root), "--public")
    assert result.returncode == 2
    assert "missing.py does not exist" in result.stderr
    assert "Gradient" in result.stdout


def test_a_name_that_would_repaint_the_terminal_is_printed_as_text() -> None:
    result = run_command("\x1b[2J\x1b]0;passed\x07.py")
    assert result.returncode == 2
    assert "\x1b" not in result.stderr
    assert "\\x1b[2J" in result.stderr

"""The command as a person uses it: what it prints, what it writes, how it ends."""

from __future__ import annotations

import importlib
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from patience import AT_LAST_S, until
from processes import descendants
from typed import Typed

from grader.authoring import overlay
from grader.checks.inputs import Inputs, derive
from grader.commands.table import ROWS
from grader.exercises.course import Course
from grader.sandbox.host import Sandbox
from grader.sandbox.limits import BASIC, FULL, NO_NAMESPACES

CHECKS = """
from grader import Inputs, Student, check, expect

@check("answer() is 42", points=1)
def answer(student: Student, inputs: Inputs) -> None:
    {body}
"""


def grade(*arguments: str, cwd: Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from grader.cli import main; main()", *arguments],
        capture_output=True, text=True, timeout=120, check=False, cwd=cwd, env={**os.environ, **(env or {})},
    )  # fmt: skip


@pytest.fixture
def small_course(tmp_path: Path) -> Path:
    """A course of one exercise with one check, which a test may damage."""
    folder = tmp_path / "exercises" / "ex01_answer"
    folder.mkdir(parents=True)
    (folder / "exercise.toml").write_text(
        'title = "The answer"\npoints = 1\nstub = "ex01_answer.py"\nhints = ["Six.", "Seven.", "Six times seven."]\n'
    )
    (folder / "ex01_answer.py").write_text("def answer():\n    raise NotImplementedError\n")
    (folder / "checks.py").write_text(CHECKS.format(body="expect.close(student.answer(), 42)"))
    return tmp_path


@pytest.mark.slow
def test_full_marks_end_with_0_and_the_board_says_done(small_course: Path) -> None:
    (small_course / "exercises/ex01_answer/ex01_answer.py").write_text("def answer():\n    return 42\n")
    result = grade("1", cwd=small_course)
    assert result.returncode == 0, result.stderr
    assert "1/1" in result.stdout
    board = grade(cwd=small_course)
    assert board.returncode == 0
    assert "done" in board.stdout
    assert "Every exercise is done" in board.stdout


def test_lost_points_end_with_1_and_the_board_names_the_next_step(small_course: Path, typed: Typed) -> None:
    assert "not graded yet" in typed(cwd=small_course).stdout
    result = typed("ex01", cwd=small_course)
    assert result.returncode == 1, result.stderr
    assert "This part of the stub is still to be written." in result.stdout
    assert "grade hint ex01" in result.stdout
    board = typed("board", cwd=small_course)
    assert "started" in board.stdout
    assert "grade watch ex01" in board.stdout


def test_the_board_notices_that_the_file_has_changed(small_course: Path, typed: Typed) -> None:
    stub = small_course / "exercises/ex01_answer/ex01_answer.py"
    stub.write_text("def answer():\n    return 42\n")
    typed("ex01", cwd=small_course)
    stub.write_text("def answer():\n    return 43\n")
    assert "changed since it was graded" in typed(cwd=small_course).stdout


def test_a_students_copy_in_the_working_folder_is_graded_before_the_stub(small_course: Path, typed: Typed) -> None:
    (small_course / "ex01_answer.py").write_text("def answer():\n    return 42\n")
    assert typed("ex01", cwd=small_course).returncode == 0


@pytest.mark.parametrize(
    "damage",
    [
        ("checks.py", CHECKS.format(body="1 / 0")),
        ("checks.py", "from grader import nothing_like_this\n"),
        ("checks.py", ""),
        ("exercise.toml", "title = 3"),
    ],
    ids=["a check raises", "checks cannot be imported", "no checks", "bad toml"],
)
def test_a_fault_of_ours_ends_with_3_and_is_called_ours(
    small_course: Path, damage: tuple[str, str], typed: Typed
) -> None:
    name, text = damage
    (small_course / "exercises/ex01_answer" / name).write_text(text)
    result = typed("ex01", cwd=small_course)
    assert result.returncode == 3
    assert "Traceback" not in result.stdout + result.stderr
    assert "This is not your fault" in result.stdout or "No work was marked down" in result.stderr


@pytest.mark.slow
def test_a_seed_replays_a_report_exactly(course: Course, tmp_path: Path, typed: Typed) -> None:
    work = tmp_path / "swapped.py"
    work.write_bytes(overlay.program(course.find("ex13"), course.root / "solutions/ex13_sin_gradient/wrong/swapped.py"))
    arguments = (str(work), "--exercise", "ex13", "--seed", "7", "--format", "json", "--course", str(course.root))

    def without_times(command: Callable[..., subprocess.CompletedProcess[str]]) -> object:
        report = json.loads(command(*arguments, cwd=tmp_path, env={"GRADE_SECRET": "s"}).stdout)["reports"][0]
        for part in (report, *report["checks"]):
            part.pop("duration_s")
        return report

    first = without_times(typed)
    assert first == without_times(grade)
    assert first["seed"] == 7  # type: ignore[index]


def test_hidden_inputs_do_not_follow_from_the_seed_alone(course: Course, tmp_path: Path, typed: Typed) -> None:
    # Right at the public point only, so that the first hidden question is the one that it fails.
    work = tmp_path / "ex13_sin_gradient.py"
    work.write_text(
        "import torch\n"
        "def sin_x2y(x, y): return torch.sin(x**2 * y)\n"
        "def gradient_at(x, y): return 1.4898602, 0.2629165\n"
    )
    arguments = (str(work), "--seed", "7", "--format", "json", "--course", str(course.root))

    def asked(secret: str) -> list[str]:
        text = typed(*arguments, cwd=tmp_path, env={"GRADE_SECRET": secret}).stdout
        checks = json.loads(text)["reports"][0]["checks"]
        return [check["evidence"].get("asked", "") for check in checks if check["hidden"]]

    assert asked("one") != asked("two")


def test_the_report_goes_to_the_file_that_is_named(small_course: Path, typed: Typed) -> None:
    out = small_course / "report.json"
    result = typed("ex01", "--format", "json", "--output", str(out), cwd=small_course)
    assert result.returncode == 1
    assert json.loads(out.read_text())["reports"][0]["exercise"] == "ex01_answer"
    written, _, *rows = result.stdout.strip().split("\n")
    assert written == f"Report written to {out}"
    assert [row.split() for row in rows] == [["ex01", "ex01", "0/1", "1", "of", "1", "checks", "to", "go"]]


def test_several_submissions_end_with_a_summary(small_course: Path, typed: Typed) -> None:
    for student, value in (("ada", 42), ("bob", 41)):
        (small_course / student).mkdir()
        (small_course / student / "ex01_answer.py").write_text(f"def answer():\n    return {value}\n")
    result = typed("ada/ex01_answer.py", "bob/ex01_answer.py", cwd=small_course)
    assert result.returncode == 1
    lines = result.stdout.splitlines()
    assert any("ada/ex01_answer.py" in line and "1/1" in line and "all passed" in line for line in lines)
    assert any("bob/ex01_answer.py" in line and "0/1" in line for line in lines)


@pytest.mark.slow
def test_verify_says_which_file_does_not_do_what_it_must(small_course: Path, typed: Typed) -> None:
    twin = small_course / "solutions/ex01_answer"
    (twin / "wrong").mkdir(parents=True)
    (twin / "ex01_answer.py").write_text("def answer():\n    return 42\n")
    off_by_one = '# fails: answer — "expected 42"\n# base: none\ndef answer():\n    return 41\n'
    (twin / "wrong/off_by_one.py").write_text(off_by_one)
    assert typed("verify", cwd=small_course).returncode == 0
    (twin / "wrong/right_after_all.py").write_text('# fails: answer — "expected 42"\n# base: solution\n')
    result = typed("verify", cwd=small_course)
    assert result.returncode == 1
    assert "right_after_all.py: failed at no check, not at answer" in result.stdout
    (twin / "wrong/right_after_all.py").write_text("def answer():\n    return 42\n")
    result = typed("verify", cwd=small_course)
    assert result.returncode == 3
    assert "the first line must read # fails:" in result.stderr
    (twin / "wrong/right_after_all.py").write_text('# fails: answer — "expected 42"\ndef answer():\n    return 42\n')
    result = grade("verify", cwd=small_course)
    assert result.returncode == 3
    assert "right_after_all.py: the second line must say which program this file changes: # base:" in result.stderr


BY_LUCK = """
from grader import Inputs, Student, check, expect

@check("double(3) is 6", points=1)
def three(student: Student, inputs: Inputs) -> None:
    expect.close(student.double(3), 6)

@check("double() is right for other numbers", points=1)
def other(student: Student, inputs: Inputs) -> None:
    x = inputs.integer(0, 2)
    expect.close(student.double(x), 2 * x)
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("promise", "answer", "first", "told", "told_when_promised"),
    [
        ("three, other", "x * x", 1, "failed at three, not at three, other", True),
        ("three", "2 * x if x in (0, 2) else 7", 0, "failed at three, other, not at three", False),
    ],
)
def test_many_seeds_find_a_check_that_hangs_on_luck(
    tmp_path: Path, promise: str, answer: str, first: int, told: str, told_when_promised: bool
) -> None:
    """A verdict that some seeds spoil is found; with --promised, what a file did not say is asked under the first."""
    folder, twin = tmp_path / "exercises/ex01_double", tmp_path / "solutions/ex01_double"
    first_lines = f'# fails: {promise} — "expected 6"\n# base: none\n'
    for path, text in (
        (folder / "exercise.toml", 'title = "Double"\npoints = 2\nstub = "ex01_double.py"\nhints = ["Twice."]\n'),
        (folder / "ex01_double.py", "def double(x):\n    raise NotImplementedError\n"),
        (folder / "checks.py", BY_LUCK),
        (folder / "README.md", "# Double\n"),
        (twin / "ex01_double.py", "def double(x):\n    return 2 * x\n"),
        (twin / "wrong/by_luck.py", f"{first_lines}def double(x):\n    return {answer}\n"),
    ):  # fmt: skip
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    seed = next(n for n in range(99) if Inputs(derive(n, "ex01_double", "other", secret=b"")).integer(0, 2) == first)
    command = ("verify", "--no-notebooks", "--seed", str(seed), "--seeds", "6")
    thorough, brief = grade(*command, cwd=tmp_path), grade(*command, "--promised", cwd=tmp_path)
    assert (thorough.returncode, brief.returncode) == (1, 1 if told_when_promised else 0)
    assert f"wrong/by_luck.py: {told} (seed " in thorough.stdout
    assert (f"wrong/by_luck.py: {told} (seed " in brief.stdout) == told_when_promised
    assert f"{told} (seed {seed})" not in thorough.stdout


@pytest.fixture
def with_overlay(small_course: Path) -> Path:
    """The small course with an overlay, which needs a constant of the solution's."""
    twin = small_course / "solutions/ex01_answer"
    (twin / "wrong").mkdir(parents=True)
    (twin / "ex01_answer.py").write_text("SIX = 6  # é\n\n\ndef answer():\n    return SIX * 7\n", encoding="utf-8")
    raises = '# fails: answer — "line 6"\n# base: solution\ndef answer():\n    return SIX / 0\n'
    (twin / "wrong/raises.py").write_text(raises)
    return small_course


WHOLE = '# fails: answer — "line 6"\nSIX = 6  # é\n\n\ndef answer():\n    return SIX / 0\n'


def test_verify_shows_the_program_that_an_overlay_stands_for(with_overlay: Path, tmp_path: Path) -> None:
    name = "solutions/ex01_answer/wrong/raises.py"
    for cwd, path in ((with_overlay, name), (tmp_path.parent, str(with_overlay / name))):
        result = grade("verify", "--show", path, cwd=cwd)
        assert (result.returncode, result.stdout, result.stderr) == (0, WHOLE, "")
    result = grade("verify", "--show", "solutions/ex01_answer/ex01_answer.py", cwd=with_overlay)
    assert (result.returncode, result.stdout) == (2, "")
    assert "ex01_answer.py is in no wrong/ folder of " in result.stderr
    result = grade("verify", "--show", "solutions/ex01_answer/wrong/nothing.py", cwd=with_overlay)
    assert result.returncode == 2
    assert "nothing.py does not exist" in result.stderr


@pytest.mark.slow
def test_an_overlay_is_graded_as_the_program_that_it_stands_for_and_called_one(with_overlay: Path) -> None:
    name = "solutions/ex01_answer/wrong/raises.py"
    result = grade(name, "--exercise", "ex01", "--format", "json", cwd=with_overlay)
    assert result.returncode == 1
    (check,) = json.loads(result.stdout)["reports"][0]["checks"]
    assert "ZeroDivisionError" in check["message"]
    assert ":6, in answer" in check["message"], "of the program that is shown"
    assert result.stderr == (
        f"grade: {name} is an overlay of solutions/ex01_answer/ex01_answer.py. "
        f"The whole program is graded; `grade verify --show {name}` prints it.\n"
    )


@pytest.mark.slow
def test_a_students_file_is_graded_as_it_is_whatever_its_first_lines_say(with_overlay: Path) -> None:
    (with_overlay / "wrong").mkdir()
    path = with_overlay / "wrong/ex01_answer.py"
    path.write_text('# fails: answer — "line 6"\n# base: solution\nSIX = 6\n')
    result = grade("wrong/ex01_answer.py", cwd=with_overlay)
    assert result.returncode == 1
    assert result.stderr == ""
    assert "0/1" in result.stdout


def test_verify_names_the_line_at_which_a_check_broke_once(small_course: Path, typed: Typed) -> None:
    folder, twin = small_course / "exercises/ex01_answer", small_course / "solutions/ex01_answer"
    twin.mkdir(parents=True)
    (twin / "ex01_answer.py").write_text("def answer():\n    return 42\n")
    (folder / "checks.py").write_text(CHECKS.format(body="helper()") + "\ndef helper():\n    return 1 / 0\n")
    result = typed("verify", "--no-notebooks", cwd=small_course)
    assert result.returncode == 1
    words = "The check itself failed at checks.py:9 with ZeroDivisionError: division by zero"
    assert f"    stub/ex01_answer.py and 2 more: the check answer broke: {words}" in result.stdout.splitlines()
    assert "3 files do not do what they must." in result.stdout


def test_verify_says_that_the_solution_is_missing(small_course: Path, typed: Typed) -> None:
    (small_course / "solutions/ex01_answer").mkdir(parents=True)
    result = typed("verify", cwd=small_course)
    assert result.returncode == 3
    assert "ex01_answer.py is missing: the reference solution is called like the stub." in result.stderr


def test_a_command_that_is_typed_by_halves_points_at_its_own_help(small_course: Path, typed: Typed) -> None:
    result = typed("hint", cwd=small_course)
    assert result.returncode == 2
    assert result.stderr == "grade: Missing argument 'EXERCISE'. Try: grade hint --help\n"


@pytest.mark.slow
def test_the_doctor_names_every_level_and_ends_with_0_where_work_can_be_graded(small_course: Path) -> None:
    result = grade("doctor", cwd=small_course)
    for name in ("python", "torch", "device", "isolation full", "isolation no-namespaces", "isolation basic", "course"):
        assert name in result.stdout
    assert result.returncode in (0, 1)


def test_a_closed_pipe_is_no_error(small_course: Path) -> None:
    command = f"{sys.executable} -c 'from grader.cli import main; main()' schema | head -n 1"
    result = subprocess.run(
        ["sh", "-c", command], capture_output=True, text=True, timeout=120, check=False, cwd=small_course
    )
    assert "Traceback" not in result.stderr


@pytest.mark.slow
def test_ctrl_c_stops_everything_at_once(small_course: Path, best_sandbox: Sandbox) -> None:
    (small_course / "ex01_answer.py").write_text("def answer():\n    while True: pass\n")
    process = subprocess.Popen(
        [sys.executable, "-c", "from grader.cli import main; main()", "ex01"],
        cwd=small_course, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    # A worker, which never ends; its zygote; and who holds the zygote's namespaces, if it has some.
    family = {FULL: 3, NO_NAMESPACES: 2, BASIC: 1}[best_sandbox.level]
    assert until(lambda: len(descendants(process.pid)) >= family)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=AT_LAST_S)
    assert process.returncode == 130
    assert "stopped" in err
    assert "Traceback" not in err


def test_help_lists_every_command_under_those_whom_it_is_for(typed: Typed, tmp_path: Path) -> None:
    text = typed("--help", cwd=tmp_path).stdout
    titles = [line for line in text.split("\n") if line.startswith("For ")]
    assert titles == ["For students:", "For instructors:", "For course authors:"]
    assert all(re.search(rf"^  {name} ", text, re.MULTILINE) for name in ROWS)
    assert "..." not in text.split("For students:")[1], "no description is cut"


@pytest.mark.parametrize("name", ROWS)
def test_help_says_of_a_command_what_its_docstring_begins_with(name: str) -> None:
    module, _, function = ROWS[name].function.partition(".")
    found = getattr(importlib.import_module(f"grader.commands.{module}"), function)
    sentence = " ".join(found.__doc__.split()).split(". ")[0].rstrip(".") + "."
    # The heading above it says this.
    sentence = sentence.removeprefix("For instructors: ").removeprefix("For authors: ")
    assert ROWS[name].sentence == sentence[0].upper() + sentence[1:]


def test_a_kit_lists_the_students_commands_alone(typed: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.cli._is_kit", lambda: True)
    text = typed("--help", cwd=tmp_path).stdout
    assert "For students:" in text
    assert "For instructors" not in text
    assert "verify" not in text


def test_the_versions_are_said(typed: Typed, tmp_path: Path) -> None:
    result = typed("--version", cwd=tmp_path)
    assert result.returncode == 0
    assert re.fullmatch(r"grade \S+, Python 3\.\d+\.\d+, torch \S+\n", result.stdout)


@pytest.mark.slow
@pytest.mark.parametrize("form", ["terminal", "plain", "json"])
@pytest.mark.parametrize(("right", "code"), [(True, 0), (False, 1)], ids=["right", "wrong"])
@pytest.mark.parametrize("output", ["/dev/full", "a pipe that nobody reads", "closed"])
def test_an_output_that_cannot_be_written_changes_no_verdict(
    small_course: Path, form: str, right: bool, code: int, output: str
) -> None:
    if output == "/dev/full" and not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    if right:
        (small_course / "exercises/ex01_answer/ex01_answer.py").write_text("def answer():\n    return 42\n")
    reader, writer = os.pipe()
    os.close(reader)
    target = os.open("/dev/full", os.O_WRONLY) if output == "/dev/full" else writer
    closed = ["sh", "-c", 'exec "$@" >&-', "sh"] if output == "closed" else []
    result = subprocess.run(
        [*closed, sys.executable, "-m", "grader", "ex01", "--format", form],
        cwd=small_course,
        stdout=target,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    for descriptor in {target, writer}:
        os.close(descriptor)
    assert result.returncode == code, result.stderr
    assert "fault" not in result.stderr
    assert ("could not be written" in result.stderr) == (output == "/dev/full")


def test_a_terminal_of_no_columns_shows_the_report(small_course: Path, typed: Typed) -> None:
    result = typed("ex01", cwd=small_course, env={"COLUMNS": "0"})
    assert result.returncode == 1
    assert "0/1" in result.stdout

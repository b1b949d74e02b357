"""The small commands of a student's day, as they are typed: show, start, hint, reset, board; words and code pages."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest
from places import ROOT
from small_courses import RIGHT, STUB, as_kit, grade, make_course, remember
from typed import Typed

from grader.exercises.course import Course
from grader.reports import board
from grader.reports.board import Row
from grader.submissions import progress
from grader.text import spell

pytestmark = pytest.mark.slow

BOXES = re.compile(r"[─-▟✓✗⏱·…–]")


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    return as_kit(make_course(tmp_path, "ex01_answer", "ex02_answer"))


def test_each_hint_comes_after_the_one_before(kit: Path) -> None:
    shown = [grade("hint", "1", cwd=kit).stdout for _ in range(4)]
    assert ["Six." in shown[0], "Seven." in shown[1], "Six times." in shown[2]] == [True, True, True]
    assert "Seven" not in shown[0]
    assert "Six times." in shown[3]
    assert "That is the last one." in shown[3]
    assert "hint 1 of 3" in grade("hint", "2", cwd=kit).stdout, "each exercise has its own"


def test_a_hint_may_be_asked_for_by_number_and_the_next_one_follows_it(kit: Path) -> None:
    assert "hint 2 of 3" in grade("hint", "1", "2", cwd=kit).stdout
    assert "hint 3 of 3" in grade("hint", "1", cwd=kit).stdout
    every = grade("hint", "1", "--all", cwd=kit).stdout
    assert all(words in every for words in ("Six.", "Seven.", "Six times."))
    assert grade("hint", "1", "4", cwd=kit).returncode == 2


def test_hints_begin_anew_when_the_memory_is_thrown_away_or_damaged(kit: Path) -> None:
    grade("hint", "1", cwd=kit)
    (kit / ".grade" / "hints.json").write_text('{"ex01')
    assert "hint 1 of 3" in grade("hint", "1", cwd=kit).stdout
    assert "hint 2 of 3" in grade("hint", "1", cwd=kit).stdout


def test_show_renders_the_statement_and_names_the_file(kit: Path) -> None:
    result = grade("show", "1", cwd=kit)
    assert "Write answer()." in result.stdout
    assert f"Your file: {Path('exercises/ex01_answer/ex01_answer.py')}" in result.stdout
    assert "# ex01_answer" in grade("show", "1", "--format", "plain", cwd=kit).stdout


@pytest.mark.parametrize(
    ("reveal", "present", "words"),
    [(False, True, "has not released it"), (True, False, "not on this machine"), (True, True, "return 42")],
    ids=["no leave", "no solutions here", "released"],
)
def test_the_solution_is_shown_with_the_instructors_leave_only(
    kit: Path, reveal: bool, present: bool, words: str
) -> None:
    with (kit / "exercises/ex01_answer/exercise.toml").open("a") as file:
        file.write("reveal = true\n" if reveal else "")
    if present:
        (kit / "solutions/ex01_answer").mkdir(parents=True)
        (kit / "solutions/ex01_answer/ex01_answer.py").write_text(RIGHT)
    result = grade("show", "1", "--solution", cwd=kit)
    assert words in result.stdout + result.stderr
    assert ("return 42" in result.stdout) == (reveal and present)
    assert result.returncode == (0 if reveal and present else 2)


def test_what_instructors_should_know_is_where_the_solutions_are(kit: Path) -> None:
    result = grade("show", "1", "--instructor", cwd=kit)
    assert result.returncode == 2
    assert "is in solutions/, which is not here" in result.stderr
    for name in ("exercises", "solutions"):
        shutil.copytree(ROOT / name / "ex03_on_device", kit / name / "ex03_on_device")
    result = grade("show", "ex03", "--instructor", "--format", "plain", cwd=kit)
    assert "Where a tensor is" in result.stdout
    assert "less than the 70% of kind R" in result.stdout
    assert "| both functions give a tensor on the device asked for | 1 |" in result.stdout


def test_start_then_reset_keeps_the_work_and_forgets_the_points(kit: Path) -> None:
    assert "ex01_answer.py is yours to fill." in grade("start", "1", cwd=kit).stdout
    (kit / "ex01_answer.py").write_text(RIGHT)
    remember(kit, "ex01_answer", RIGHT, passed=True)
    progress.see_hint(kit, "ex01_answer", 1)
    assert "You have started already" in grade("start", "1", cwd=kit).stdout
    assert (kit / "ex01_answer.py").read_text() == RIGHT
    result = grade("reset", "1", cwd=kit)
    (kept,) = kit.glob("ex01_answer.py.*")
    assert f"Your work is kept in {kept.name}." in result.stdout
    assert (kept.read_text(), (kit / "ex01_answer.py").read_text()) == (RIGHT, STUB)
    assert progress.load(kit) == {}
    assert "hint 1 of 3" in grade("hint", "1", cwd=kit).stdout


def test_full_marks_are_congratulated_and_the_next_exercise_is_named(kit: Path, typed: Typed) -> None:
    (kit / "ex01_answer.py").write_text(RIGHT)
    last = typed("ex01", cwd=kit).stdout.splitlines()[-1]
    assert last == "Full marks for ex01: well done! Next: ex02, The answer of ex02_answer (grade show ex02)."
    shown = typed(cwd=kit).stdout
    assert "Full marks in 1 of 2 exercises: well done!" in shown
    assert "Next: ex02" in shown
    assert "2 of 4 points" in shown


def rows(root: Path, *done: str) -> list[Row]:
    entry = progress.LastResult(sha256="a", earned=2.0, points=2.0, passed=True)
    return [
        Row(e.id, e.label, e.title, e.points, entry if e.label in done else None, "a") for e in Course(root).exercises()
    ]


@pytest.mark.parametrize(
    ("done", "words"),
    [
        (["ex01"], "Next: ex02, The answer of ex02_answer (grade show ex02)."),
        (["ex01", "ex02"], "every exercise is done."),
    ],
    ids=["one to go", "none to go"],
)
def test_the_congratulation_knows_what_comes_next(kit: Path, done: list[str], words: str) -> None:
    text = board.congratulation("ex01_answer", rows(kit, *done))
    assert text.startswith("Full marks for ex01: well done!")
    assert text.endswith(words)
    assert "solution" not in text


def test_a_hint_is_about_what_still_fails_and_gives_away_nothing_that_has_passed(kit: Path) -> None:
    definition = kit / "exercises/ex01_answer/exercise.toml"
    tables = '[{ text = "Return a number.", checks = ["number"] }, { text = "Six times seven.", checks = ["answer"] }]'
    definition.write_text(re.sub(r"hints = .*", f"hints = {tables}", definition.read_text()))
    (kit / "ex01_answer.py").write_text("def answer():\n    return 41\n")
    assert grade("ex01", cwd=kit).returncode == 1
    assert "Six times seven." in grade("hint", "ex01", cwd=kit).stdout
    (kit / "ex01_answer.py").write_text(RIGHT)
    assert grade("ex01", cwd=kit).returncode == 0
    refused = grade("hint", "ex01", cwd=kit)
    assert refused.returncode == 2
    assert "What the hints of ex01 are about has passed." in refused.stderr


def test_a_work_that_passes_is_answered_with_what_the_author_has_to_say(kit: Path) -> None:
    definition = kit / "exercises/ex01_answer/exercise.toml"
    definition.write_text(definition.read_text() + 'after_passing = """\nIt is the answer\nto everything."""\n')
    (kit / "ex01_answer.py").write_text("def answer():\n    return 41\n")
    assert "to everything" not in grade("ex01", cwd=kit).stdout
    (kit / "ex01_answer.py").write_text(RIGHT)
    assert grade("ex01", cwd=kit).stdout.splitlines()[-1] == "It is the answer to everything."


def test_labs_come_before_exercises_and_each_group_has_its_points(tmp_path: Path) -> None:
    root = make_course(tmp_path, "ex01_answer", "lab01_answer", "lab02_answer")
    (root / "lab01_answer.py").write_text(RIGHT)
    (root / "lab02_answer.py").write_text("def answer():\n    return 41\n")
    graded = grade("labs", "--format", "plain", cwd=root)
    assert graded.returncode == 1
    assert graded.stdout.splitlines()[-2:] == [
        "passed: labs, lab01, 2 of 2 points",
        "failed: labs, lab02, 1 of 2 points",
    ]
    board = grade("board", "--format", "plain", cwd=root).stdout.splitlines()
    assert [line.split(": ")[1][:5] for line in board[:3]] == ["lab01", "lab02", "ex01,"]
    assert board[3:5] == ["labs: 3 of 4 points.", "exercises: 0 of 2 points."]
    assert "lab02" in grade("next", cwd=root).stdout
    shown = grade(cwd=root).stdout
    assert shown.index("labs") < shown.index("lab01") < shown.index("exercises") < shown.index("ex01")


def test_a_course_without_labs_says_so(kit: Path) -> None:
    refused = grade("labs", cwd=kit)
    assert refused.returncode == 2
    assert refused.stderr == "grade: This course has no labs.\n"


def test_public_checks_alone_are_never_called_full_marks(kit: Path) -> None:
    definition = kit / "exercises/ex01_answer/exercise.toml"
    definition.write_text(definition.read_text().replace("points = 2", "points = 5"))
    (kit / "ex01_answer.py").write_text(RIGHT)
    said = grade("ex01", cwd=kit).stdout.splitlines()[-1]
    assert said.startswith("All 2 points that can be asked here; 3 more are asked by your instructor. Next: ex02")
    for form in ("terminal", "plain"):
        shown = " ".join(grade("board", "--format", form, cwd=kit).stdout.split())
        assert "All that can be asked here is right in 1 of 2 exercises; 3 more points are asked by your" in shown
        assert "Full marks" not in shown
        assert "Next: ex02" in shown


def test_what_was_graded_in_another_folder_has_not_changed(kit: Path) -> None:
    (kit / "w1").mkdir()
    (kit / "w1/ex01_answer.py").write_text(RIGHT)
    assert "Full marks for ex01" in grade("ex01", cwd=kit / "w1").stdout
    assert "done: ex01" in grade("board", "--format", "plain", cwd=kit).stdout
    (kit / "w1/ex01_answer.py").write_text(RIGHT + "# and more")
    assert "changed since it was graded: ex01" in grade("board", "--format", "plain", cwd=kit).stdout


def test_what_comes_next_is_ahead_and_then_what_was_left_behind(kit: Path) -> None:
    two = board.next_step(rows(kit, "ex02"), after="ex02_answer")
    assert two is not None
    assert two.id == "ex01_answer"


def test_full_marks_name_the_solution_that_may_be_read(kit: Path) -> None:
    with (kit / "exercises/ex01_answer/exercise.toml").open("a") as file:
        file.write("reveal = true\n")
    (kit / "solutions/ex01_answer").mkdir(parents=True)
    (kit / "solutions/ex01_answer/ex01_answer.py").write_text(RIGHT)
    (kit / "ex01_answer.py").write_text(RIGHT)
    assert "grade show ex01 --solution shows our way to do it." in grade("ex01", cwd=kit).stdout


def test_a_course_that_cannot_be_written_to_is_remembered_in_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    course = tmp_path / "course"
    course.mkdir()
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != course)
    progress.see_hint(course, "ex01", 2)
    assert json.loads((tmp_path / ".grade" / "hints.json").read_text()) == {"ex01": 2}
    assert progress.hints_seen(course, "ex01") == 2


def test_where_results_go_instead_is_said_once(kit: Path, typed: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    (kit / "mine").mkdir()
    (kit / "mine/ex01_answer.py").write_text(RIGHT)
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) not in (kit, kit / ".grade"))
    first, second = (typed("ex01", cwd=kit / "mine") for _ in range(2))
    assert first.stderr.count("cannot be written to: your results are remembered in") == 1
    assert second.stderr == ""
    (kit / "mine/.grade/progress.json").unlink()
    (kit / "mine/.grade/progress.json").mkdir()
    third = typed("ex01", cwd=kit / "mine")
    assert third.stderr.count("Your results are not remembered:") == 1
    assert (first.returncode, second.returncode, third.returncode) == (0, 0, 0)


# --- words for everyone -----------------------------------------------------------------------------------------------


def test_in_plain_words_there_is_no_sign_and_an_item_a_line(kit: Path, typed: Typed) -> None:
    (kit / "ex01_answer.py").write_text("def answer():\n    return 41\n")
    result = typed("ex01", "--format", "plain", cwd=kit)
    assert result.returncode == 1
    lines = result.stdout.splitlines()
    assert lines[0] == "Exercise ex01, The answer of ex01_answer, file ex01_answer.py: 1 of 2 points"
    assert lines[1] == "passed: answer() is a number, 1 of 1 point"
    assert lines[2] == "failed: answer() is 42, 0 of 1 point"
    assert lines[3] == "what happened: answer() returned 41; expected 42."
    listed = typed("--format", "plain", cwd=kit).stdout
    assert "started: ex01, The answer of ex01_answer, 1 of 2 points" in listed.splitlines()
    assert "not graded yet: ex02, The answer of ex02_answer, 0 of 2 points" in listed.splitlines()
    hint = typed("hint", "1", cwd=kit, env={"GRADE_FORMAT": "plain"}).stdout
    assert not BOXES.search(result.stdout + listed + hint)
    assert typed("board", cwd=kit, env={"GRADE_FORMAT": "plain"}).stdout == listed


@pytest.mark.parametrize("page", ["ascii", "cp437", "cp1252"])
def test_any_code_page_will_do(kit: Path, page: str) -> None:
    for arguments in (["board"], ["show", "1"], ["hint", "1", "--all"], ["--help"]):
        result = grade(*arguments, cwd=kit, encoding=page)
        assert result.returncode == 0, result.stderr


def test_a_report_is_spelled_for_people_and_utf_8_for_programs(kit: Path) -> None:
    (kit / "ex01_answer.py").write_text("def answer():\n    raise ValueError('x²y ≤ ∂ ✓ 漢')\n", encoding="utf-8")
    result = grade("ex01", cwd=kit, encoding="ascii")
    assert result.returncode == 1, result.stderr
    assert "Your code raised ValueError: x^2y <= d + ?" in result.stdout
    written = subprocess.run(
        [sys.executable, "-c", "from grader.commands import console; console.prepare(); console.write('x²y ✓')"],
        capture_output=True, check=True, timeout=120, env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )  # fmt: skip
    assert written.stdout.decode() == "x²y ✓"


def test_what_a_code_page_lacks_is_spelled() -> None:
    assert spell("✓ x²y ∂f/∂x – é 漢") == "+ x^2y df/dx - e ?"


def test_without_colours_none_is_printed_even_at_a_terminal(kit: Path) -> None:
    child = pexpect.spawn(
        sys.executable, ["-c", "from grader.cli import main; main()", "board"],
        cwd=str(kit), env={**os.environ, "NO_COLOR": "1", "TERM": "xterm-256color"}, encoding="utf-8", timeout=120,
    )  # fmt: skip
    child.expect(pexpect.EOF)
    assert "Next: ex01" in child.before
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]m", child.before)


def test_statement_board_and_hints_fit_a_narrow_terminal(kit: Path) -> None:
    statement = "# A\n\n| function | out |\n| - | - |\n| `answer_all_at(x)` | the answer to everything |\n"
    (kit / "exercises/ex01_answer/README.md").write_text(statement)
    for arguments in (["show", "1"], ["hint", "1"], ["board"]):
        shown = grade(*arguments, cwd=kit, env={"COLUMNS": "40"}).stdout
        assert max(len(line) for line in shown.splitlines() if "Your file" not in line) <= 40, shown
    assert "answer_all_at(x)" in grade("show", "1", cwd=kit, env={"COLUMNS": "40"}).stdout


# --- completion -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "word", "among", "not_among"),
    [
        ("grade ", 1, {"board", "watch", "submit", "ex01", "ex02"}, {"ex01_answer"}),
        ("grade ex", 1, {"ex01", "ex02"}, {"board"}),
        ("grade ex01 ", 2, {"ex01", "ex02"}, {"watch"}),
        ("grade ex01 --for", 2, {"--format"}, set()),
        ("grade watch ex", 2, {"ex01", "ex02"}, set()),
        ("grade hint ex01_", 2, {"ex01_answer"}, {"ex01"}),
        ("grade board --format ", 3, {"plain", "terminal"}, set()),
    ],
)
def test_the_shell_completes_commands_exercises_and_options(
    kit: Path, typed: str, word: int, among: set[str], not_among: set[str]
) -> None:
    environment = {"_GRADE_COMPLETE": "complete_bash", "COMP_WORDS": typed, "COMP_CWORD": str(word)}
    code = "import sys; sys.argv = ['grade']; from grader.cli import main; main()"
    result = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True, text=True, cwd=kit, timeout=120, check=False, env={**os.environ, **environment},
    )  # fmt: skip
    offered = set(result.stdout.split())
    assert among <= offered, result.stderr
    assert not offered & not_among

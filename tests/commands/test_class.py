"""`grade class` and `grade replay` as an instructor uses them, stopped and started again at will."""

from __future__ import annotations

import csv
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

import pytest
from conftest import ROOT
from patience import AT_LAST_S, until
from typed import Typed

Run = Callable[..., subprocess.CompletedProcess[str]]
CHECKS = """
from grader import Inputs, Student, check, expect

@check("double() doubles", points=2)
def doubles(student: Student, inputs: Inputs) -> None:
    x = inputs.number(0, 1000)
    expect.close(student.double(x), {truth})
"""
RIGHT = "def double(x): return 2 * x\n"
SLOW = "import time; time.sleep(0.25)\n" + RIGHT


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course of two exercises with one check each, which a test may change."""
    for name in ("ex01_double", "ex02_again"):
        folder = tmp_path / "course" / "exercises" / name
        folder.mkdir(parents=True)
        (folder / "exercise.toml").write_text(f'title = "{name}"\npoints = 2\nstub = "{name}.py"\nhints = ["Two."]\n')
        (folder / f"{name}.py").write_text("def double(x):\n    raise NotImplementedError\n")
        (folder / "checks.py").write_text(CHECKS.format(truth="2 * x"))
        twin = tmp_path / "course" / "solutions" / name
        twin.mkdir(parents=True)
        (twin / "hidden_checks.py").write_text(
            CHECKS.format(truth="2 * x").replace("doubles", "doubles_again").replace("points=2", "points=0")
        )
    return tmp_path / "course"


@pytest.fixture
def students(tmp_path: Path) -> Path:
    """Where a test puts its class."""
    folder = tmp_path / "students"
    folder.mkdir()
    return folder


def lay(folder: Path, works: Mapping[str, str]) -> None:
    for name, text in works.items():
        path = folder / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def command(course: Path, *arguments: object) -> list[str]:
    return [
        sys.executable, "-c", "from grader.cli import main; main()", *map(str, arguments), "--course", str(course),
    ]  # fmt: skip


@pytest.fixture
def run(typed: Typed) -> Run:
    """The command, in this process."""

    def grade(course: Path, *arguments: object, secret: str = "s") -> subprocess.CompletedProcess[str]:
        words = [*map(str, arguments), "--course", str(course)]
        done = typed(*words, cwd=course, env={"GRADE_SECRET": secret})
        assert "Traceback" not in done.stderr
        return done

    return grade


def start(course: Path, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command(course, *arguments), cwd=course, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={**os.environ, "GRADE_SECRET": "s"},
    )  # fmt: skip


def rows(results: Path) -> dict[tuple[str, str, int], tuple[str, int]]:
    """(student, exercise, attempt) → what was found, when and as whose fault: whatever is in the database."""
    try:
        with closing(sqlite3.connect(f"file:{results / 'grades.db'}?mode=ro", uri=True)) as db:
            found = db.execute("SELECT student, exercise, attempt, report, graded_at FROM verdict").fetchall()
    except sqlite3.OperationalError:
        return {}
    return {(s, e, a): (report, when) for s, e, a, report, when in found}


def points(results: Path) -> dict[str, str]:
    """Student → the gradebook's total."""
    with (results / "gradebook.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["student"]: row["total"] for row in csv.DictReader(file)}


def wait_for(results: Path, verdicts: int) -> None:
    assert until(lambda: len(rows(results)) >= verdicts), "nothing was graded"


def zygotes_of(process: subprocess.Popen[str]) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]


def gone(pids: list[int]) -> bool:
    return until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in pids))


@pytest.mark.slow
def test_the_sample_class_is_graded_and_its_reports_are_written(tmp_path: Path, run: Run) -> None:
    done = run(ROOT, "class", ROOT / "examples/class", "-o", tmp_path / "out")
    assert done.returncode == 1, done.stderr
    assert "10 of 10 graded" in done.stdout
    assert "mallory, ex13: crashed the worker." in done.stdout
    assert "cem: ex05, ex13: the stub as it was handed out." in done.stdout
    assert points(tmp_path / "out")["ada"] == "45"
    for name in ("class.html", "junit.xml", "summary.md", "feedback/bob.html", "gradescope/bob.json"):
        assert (tmp_path / "out" / name).stat().st_size > 100
    assert (tmp_path / "out/grades.db").stat().st_mode & 0o077 == 0


@pytest.mark.slow
def test_a_run_that_is_killed_goes_on_where_it_was(course: Path, students: Path, tmp_path: Path, run: Run) -> None:
    lay(students, {f"s{number:02}/ex01_double": SLOW for number in range(24)})
    results = tmp_path / "out"
    before: dict[tuple[str, str, int], tuple[str, int]] = {}
    for verdicts in (1, 6, 11):
        process = start(course, "class", students, "-o", results, "--jobs", "2")
        wait_for(results, verdicts)
        zygotes = zygotes_of(process)
        assert zygotes
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert gone(zygotes)
        after = rows(results)
        assert before.items() <= after.items()
        before = after
    assert len(before) < 24
    done = run(course, "class", students, "-o", results)
    assert done.returncode == 0, done.stderr
    assert f"{24 - len(before)} of {24 - len(before)} graded · 0 not passed · {len(before)} unchanged" in done.stdout
    assert before.items() <= rows(results).items()
    assert points(results) == {f"s{number:02}": "2" for number in range(24)}


@pytest.mark.slow
def test_ctrl_c_stops_at_once_and_says_how_to_go_on(course: Path, students: Path, tmp_path: Path) -> None:
    lay(students, {f"s{number:02}/ex01_double": SLOW for number in range(12)})
    lay(students, {"slow/ex01_double": "while True: pass\n"})
    process = start(course, "class", students, "-o", tmp_path / "out", "--jobs", "2")
    wait_for(tmp_path / "out", 2)
    zygotes = zygotes_of(process)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=AT_LAST_S)
    assert process.returncode == 130
    assert "of 13 were graded and are kept in" in err
    assert "The same command goes on there." in err
    assert "Traceback" not in err
    assert gone(zygotes)
    assert len(rows(tmp_path / "out")) >= 2


@pytest.mark.slow
def test_only_what_has_changed_is_graded_again(course: Path, students: Path, tmp_path: Path, run: Run) -> None:
    lay(students, {f"{name}/{ex}": RIGHT for name in ("ada", "bob") for ex in ("ex01_double", "ex02_again")})
    grade = (course, "class", students, "-o", tmp_path / "out")
    assert "4 of 4 graded" in run(*grade).stdout
    assert "0 of 0 graded · 0 not passed · 4 unchanged" in run(*grade).stdout

    lay(students, {"ada/ex01_double": "def double(x): return x\n"})
    assert "1 of 1 graded · 1 not passed · 3 unchanged" in run(*grade).stdout
    assert points(tmp_path / "out") == {"ada": "2", "bob": "4"}

    (course / "exercises/ex02_again/checks.py").write_text(CHECKS.format(truth="2 * x") + "# as ever\n")
    assert "2 of 2 graded · 0 not passed · 2 unchanged" in run(*grade).stdout
    assert "4 of 4 graded" in run(*grade, secret="another").stdout

    assert "1 of 1 graded" in run(*grade, "--only", "bob", "--exercise", "1", "--fresh", secret="another").stdout
    assert "2 of 2 graded" in run(*grade, "--only", "bob", "--fresh", secret="another").stdout
    done = run(*grade, "--fresh", secret="another")
    assert "4 of 4 graded" in done.stdout
    assert points(tmp_path / "out") == {"ada": "2", "bob": "4"}
    assert {attempt for _, _, attempt in rows(tmp_path / "out")} == {1}


@pytest.mark.slow
def test_a_grader_with_another_comparison_grades_the_class_again(course: Path, students: Path, tmp_path: Path) -> None:
    lay(students, {"ada/ex01_double": "def double(x): return 2.002 * x\n", "bob/ex01_double": RIGHT})
    copy = tmp_path / "copy"
    shutil.copytree(ROOT / "grader", copy / "grader", ignore=shutil.ignore_patterns("__pycache__"))
    grade = command(course, "class", students, "-o", tmp_path / "out")

    def said() -> str:
        program = "import grader; print(grader.__file__); from grader.cli import main; main()"
        done = subprocess.run(
            [sys.executable, "-c", program, *grade[3:]], capture_output=True, text=True, timeout=120, check=False,
            cwd=copy, env={**os.environ, "GRADE_SECRET": "s"},
        )  # fmt: skip
        assert done.stdout.startswith(str(copy)), done.stderr
        return done.stdout

    assert "2 of 2 graded · 1 not passed" in said()
    assert "0 of 0 graded · 0 not passed · 2 unchanged" in said()
    compare = copy / "grader" / "checks" / "compare.py"
    source = compare.read_text(encoding="utf-8")
    compare.write_text(source.replace("RTOL, ATOL = 1e-4, 1e-5", "RTOL, ATOL = 1e-2, 1e-5"), encoding="utf-8")
    assert compare.read_text(encoding="utf-8") != source
    words = said()
    assert ("2 of 2 graded · 0 not passed" in words, "unchanged" in words) == (True, False)


def test_a_verdict_is_replayed_on_the_same_inputs(course: Path, students: Path, tmp_path: Path, run: Run) -> None:
    lay(students, {"ada/ex01_double": "def double(x): return x\n", "bob/ex01_double": RIGHT})
    run(course, "class", students, "-o", tmp_path / "out")
    for path in students.rglob("*.py"):
        path.unlink()  # the work itself is in the database
    done = run(course, "replay", tmp_path / "out", "ada", "1")
    assert done.returncode == 0, done.stderr
    assert "The verdict is the same." in done.stdout
    assert "double(" in done.stdout

    (course / "exercises/ex01_double/checks.py").write_text(CHECKS.format(truth="x"))
    done = run(course, "replay", tmp_path / "out", "ada", "1")
    assert done.returncode == 1
    assert "doubles was failed with 0 points, and is passed with 2." in done.stdout
    assert "checks was" in done.stdout
    for arguments, secret, words in (
        (("ada", "1"), "another", "was graded with another secret"),
        (("eve", "1"), "s", "There is no student 'eve' among the submissions. They are called: ada, bob."),
        (("ada", "2"), "s", "has no verdict on 'ada' and ex02_again"),
    ):
        done = run(course, "replay", tmp_path / "out", *arguments, secret=secret)
        assert done.returncode == 2
        assert words in done.stderr


@pytest.mark.slow
def test_a_class_is_not_graded_unconfined(course: Path, students: Path, tmp_path: Path, run: Run) -> None:
    lay(students, {"ada/ex01_double": RIGHT})
    grade = (course, "class", students, "-o", tmp_path / "out", "--isolation", "basic")
    done = run(*grade)
    assert done.returncode == 2
    assert "Nothing would confine the submissions on this machine" in done.stderr
    assert not (tmp_path / "out").exists()
    assert run(*grade, "--allow-unsafe").returncode == 0


def test_a_fault_of_ours_is_no_zero_and_is_graded_again(course: Path, students: Path, tmp_path: Path, run: Run) -> None:
    lay(students, {"ada/ex01_double": RIGHT, "bob/ex02_again": RIGHT})
    good = (course / "exercises/ex01_double/checks.py").read_text()
    (course / "exercises/ex01_double/checks.py").write_text(CHECKS.format(truth="1 / 0"))
    grade = (course, "class", students, "-o", tmp_path / "out")
    done = run(*grade)
    assert done.returncode == 3
    assert "1 not gradable through a fault of ours" in done.stdout
    (course / "exercises/ex01_double/checks.py").write_text(good)
    done = run(*grade)
    assert done.returncode == 0
    assert "1 of 1 graded · 0 not passed · 1 unchanged" in done.stdout


def test_requests_that_cannot_be_met_are_one_sentence(course: Path, students: Path, tmp_path: Path, run: Run) -> None:
    lay(students, {"ada/ex01_double": RIGHT})
    empty = tmp_path / "empty"
    empty.mkdir()
    for arguments, words in (
        ((students,), "Say what to grade and where the results go"),
        ((students, "-o", students / "out"), "lies inside"),
        ((empty, "-o", tmp_path / "out"), "There is no student in"),
        ((tmp_path / "none", "-o", tmp_path / "out"), "does not exist"),
        ((students, "-o", tmp_path / "out", "--exercise", "99"), "There is no exercise"),
        ((students, "-o", tmp_path / "out", "--device", "tpu"), "--device tpu"),
        (("--reports-only", empty), "There is no grades.db"),
        (("--reports-only",), "Say whose reports"),
    ):
        done = run(course, "class", *arguments)
        assert done.returncode == 2, arguments
        assert words in done.stderr
        assert len(done.stderr.splitlines()) == 1


def test_reports_are_written_anew_without_grading(course: Path, students: Path, tmp_path: Path, run: Run) -> None:
    archive = tmp_path / "students.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("<script>alert(1)</script>&=1+1/ex01_double.py", RIGHT)
    results = tmp_path / "out"
    assert run(course, "class", archive, "-o", results, "--title", "Spring").returncode == 0
    (results / "class.html").unlink()
    done = run(course, "class", "--reports-only", results)
    assert done.returncode == 0
    page = (results / "class.html").read_text()
    assert "Spring" in page
    assert "<script>alert" not in page


def test_a_class_of_canvas_goes_back_to_canvas_and_under_pseudonyms(
    course: Path, students: Path, tmp_path: Path, run: Run
) -> None:
    lay(students, {"lovelaceada_12345_1_ex01_double": RIGHT, "rossbob_LATE_999_2_ex01_double": RIGHT})
    (students / "roster.csv").write_text(
        'Student,ID,SIS Login ID,Section\n"Lovelace, Ada",12345,ada01,A\n"Ross, Bob",999,bob02,A\n'
        '"Doe, Eve",7,eve03,A\n'
    )
    results = tmp_path / "out"
    done = run(course, "class", students, "-o", results, "--gradebook", "canvas")
    assert done.returncode == 0, done.stderr
    with (results / "gradebook-canvas.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["ID"]: row for row in csv.DictReader(file)}
    assert {id_: (row["Student"], row["ex01 ex01_double"]) for id_, row in rows.items() if id_} == {
        "12345": ("Lovelace, Ada", "2"), "999": ("Ross, Bob", "2"), "7": ("Doe, Eve", ""),
    }  # fmt: skip
    with (results / "gradebook.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["student"]: row["late"] for row in csv.DictReader(file)} == {
            "lovelaceada": "", "rossbob": "ex01", "Doe, Eve": "",
        }  # fmt: skip
    page = (results / "class.html").read_text(encoding="utf-8")
    assert "<h1>Class results: ex01</h1>" in page, "not the folder's name"
    assert "1 student handed in late." in page
    assert "2 of 3 works handed in" in page
    done = run(course, "class", "--reports-only", results, "--anonymous", "--title", "Autumn")
    for text in (done.stdout, (results / "class.html").read_text(encoding="utf-8")):
        assert "student-" in text
        assert not any(word in text for word in ("lovelace", "rossbob", "Doe, Eve"))
    assert "<h1>Autumn</h1>" in (results / "class.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_mistake_that_a_class_makes_is_found_shown_and_adopted(
    course: Path, students: Path, tmp_path: Path, run: Run
) -> None:
    wrong = "def double(x):\n    # Ada's\n    return x + 1\n"
    lay(students, {"ada/ex01_double": wrong, "bob/ex01_double": wrong.replace("Ada", "Bob"), "cleo/ex01_double": RIGHT,
                   "dan/ex01_double": "def double(x):\n    return 3 * x\n"})  # fmt: skip
    grade = (course, "class", students, "-o", tmp_path / "out")
    done = run(*grade)
    assert "3 works with a mistake without a name asked once more" in done.stdout
    assert "ex01 1: 2 students: double(" in done.stdout
    assert "once more" not in run(*grade).stdout, "what was asked is known"
    page = (tmp_path / "out" / "class.html").read_text(encoding="utf-8")
    assert "def double(x):\n    return x + 1" in page
    assert "#" not in page.split("return x + 1")[0].rsplit("<pre>", 1)[1], "without the comment"

    solution = course / "solutions" / "ex01_double"
    (solution / "ex01_double.py").write_text(RIGHT)
    adopted = (course, "adopt", tmp_path / "out", "1", "1", "adds_one", "Double it; do not add 1.")
    done = run(*adopted)
    assert done.returncode == 0, done.stderr
    assert (solution / "wrong" / "adds_one.py").read_text(encoding="utf-8") == (
        '# fails: doubles, doubles_again — "Double it; do not add 1."\n# base: none\ndef double(x):\n    return x + 1\n'
    )
    for words, said in (
        (adopted[2:], "is there already"),
        ((tmp_path / "out", "1", "9", "a", "b"), "ex01_double has no group 9: it has 2 groups"),
        ((tmp_path / "out", "1", "1", "A b", "b"), "names no file"),
        ((tmp_path / "out", "1", "1", "a", 'say "b"'), "one line without"),
    ):
        failed = run(course, "adopt", *words)
        assert (failed.returncode, said in failed.stderr) == (2, True), failed.stderr
    done = run(course, "verify", "1")
    assert "wrong/adds_one.py: does not say 'Double it; do not add 1.'" in done.stdout, "it is still to be named"
    for path in (course / "exercises/ex01_double/checks.py", solution / "hidden_checks.py"):
        text = path.read_text()
        named = text.replace(", 2 * x)", ", 2 * x, mistakes={'Double it; do not add 1.': x + 1})")
        assert named != text
        path.write_text(named)
    assert "✓ ex01_double" in run(course, "verify", "1").stdout
    done = run(*grade)
    assert "1 work with a mistake without a name asked once more" in done.stdout, "dan's is left"
    assert "Mistakes without a name" not in done.stdout, "and is nobody else's"

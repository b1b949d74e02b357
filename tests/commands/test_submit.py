"""The zip that a student hands in: the work and nothing else, and a word about what does not run."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest
from small_courses import RIGHT, as_kit, make_course
from typed import Typed

from grader.errors import UsageError
from grader.submissions import handin

BROKEN = """
from grader import Inputs, Student, check

@check("nothing", points=1)
def broken(student: Student, inputs: Inputs) -> None:
    raise ZeroDivisionError
"""
THREE = ("ex01_answer", "ex02_answer", "ex03_answer")


def test_the_same_work_makes_the_same_bytes(tmp_path: Path) -> None:
    works = [("b.py", b"x = 1\n"), ("a.py", b"y = 2\n")]
    handin.pack(works, tmp_path / "one.zip")
    handin.pack(list(reversed(works)), tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert archive.namelist() == ["a.py", "b.py"]
        assert archive.read("a.py") == b"y = 2\n"
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert sorted(os.listdir(tmp_path)) == ["one.zip", "two.zip"]


@pytest.mark.parametrize("name", ["../a.py", "/a.py", "a/b.py", "a\\b.py", ".hidden", "C:a.py", "a\nb.py", ""])
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="no name for a file"):
        handin.pack([(name, b"x = 1\n")], tmp_path / "a.zip")
    assert os.listdir(tmp_path) == []


def test_only_a_zip_of_ours_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    handin.pack([("a.py", b"x = 1\n")], path)
    handin.pack([("a.py", b"x = 2\n")], path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("thesis.txt", "years of work")
    before = path.read_bytes()
    with pytest.raises(UsageError, match="is there already"):
        handin.pack([("a.py", b"x = 3\n")], path)
    assert path.read_bytes() == before


def test_submit_says_what_is_in_it_what_is_not_and_what_does_not_run(tmp_path: Path, typed: Typed) -> None:
    root = as_kit(make_course(tmp_path, *THREE))
    (root / "exercises/ex01_answer/ex01_answer.py").write_text(RIGHT)
    (root / "ex02_answer.py").write_text("def answer(:\n")
    (root / "notes.txt").write_text("private")
    result = typed("submit", cwd=root)
    assert result.returncode == 1, result.stderr
    assert "submission.zip holds 2 files" in result.stdout
    assert "ex01_answer.py, 28 bytes, runs" in result.stdout
    assert "ex02_answer.py, 13 bytes, does not run: Python cannot read line 1: invalid syntax." in result.stdout
    assert "  ex03: still the stub, as it was handed out." in result.stdout.splitlines()
    with zipfile.ZipFile(root / "submission.zip") as archive:
        assert archive.namelist() == ["ex01_answer.py", "ex02_answer.py"]
        assert archive.read("ex01_answer.py").decode() == RIGHT


def test_nothing_to_hand_in_is_said_and_makes_no_zip(tmp_path: Path, typed: Typed) -> None:
    root = as_kit(make_course(tmp_path))
    result = typed("submit", cwd=root)
    assert result.returncode == 2
    assert result.stderr == "grade: There is nothing to hand in yet.\n"
    (root / "ex01_answer.py").write_text("")
    result = typed("submit", "ex01", cwd=root)
    assert result.stderr.startswith("grade: There is nothing to hand in yet. ex01: Your file is empty")
    assert not list(root.glob("*.zip"))


def test_what_could_not_be_tried_is_not_said_to_run(tmp_path: Path, typed: Typed) -> None:
    root = as_kit(make_course(tmp_path))
    (root / "ex01_answer.py").write_text(RIGHT)
    (root / "exercises/ex01_answer/checks.py").write_text(BROKEN)
    result = typed("submit", cwd=root)
    assert "ex01_answer.py, 28 bytes, could not be tried here, by a fault of ours: The check itself" in result.stdout
    assert result.returncode == 1
    assert (root / "submission.zip").is_file()


def test_submit_names_what_a_file_still_has_as_the_stub_had_it(tmp_path: Path, typed: Typed) -> None:
    root = as_kit(make_course(tmp_path))
    (root / "ex01_answer.py").write_text("import math\n\n\ndef answer():\n    raise NotImplementedError\n")
    result = typed("submit", cwd=root)
    assert "    still as in the stub: answer" in result.stdout.splitlines()


def test_submit_names_a_graded_file_that_it_leaves_out(tmp_path: Path, typed: Typed) -> None:
    root = as_kit(make_course(tmp_path, *THREE))
    (root / "w1").mkdir()
    for name in ("ex01_answer.py", "w1/ex02_answer.py"):
        (root / name).write_text(RIGHT)
    assert typed("ex02", cwd=root / "w1").returncode == 0
    result = typed("submit", cwd=root)
    assert result.returncode == 1
    assert "ex02: you graded w1/ex02_answer.py, which is not the file that is meant in this folder, so it was left" in (
        " ".join(result.stdout.split())
    )

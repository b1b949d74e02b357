"""Courses of one small exercise or two, which a test may damage."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from grader.submissions import memory, progress

CHECKS = """
from grader import Inputs, Student, check, expect

@check("answer() is a number", points=1)
def number(student: Student, inputs: Inputs) -> None:
    expect.number(student.answer())

@check("answer() is 42", points=1)
def answer(student: Student, inputs: Inputs) -> None:
    expect.close(student.answer(), 42)
"""
STUB = "def answer():\n    raise NotImplementedError\n"
RIGHT = "def answer():\n    return 42\n"
WRONG = "def answer():\n    return 41\n"


def make_course(root: Path, *names: str) -> Path:
    """The course's folder: exercises with these names, each with the public checks above and three hints."""
    for name in names or ("ex01_answer",):
        folder = root / "exercises" / name
        folder.mkdir(parents=True)
        (folder / "exercise.toml").write_text(
            f'title = "The answer of {name}"\npoints = 2\nstub = "{name}.py"\n'
            'hints = ["Six.", "Seven.", "Six times."]\n'
        )
        (folder / f"{name}.py").write_text(STUB)
        (folder / "checks.py").write_text(CHECKS)
        (folder / "README.md").write_text(f"# {name}\n\nWrite `answer()`.\n")
    return root


def as_kit(root: Path) -> Path:
    """The course as students get it: every stub twice."""
    for folder in (root / "exercises").iterdir():
        (folder / ".stub").mkdir()
        (folder / ".stub" / f"{folder.name}.py").write_bytes((folder / f"{folder.name}.py").read_bytes())
    return root


def grade(
    *arguments: str, cwd: Path, env: dict[str, str] | None = None, encoding: str = "utf-8"
) -> subprocess.CompletedProcess[str]:
    """The command, in a process of its own; `encoding` is what its terminal understands."""
    return subprocess.run(
        [sys.executable, "-c", "from grader.cli import main; main()", *arguments],
        capture_output=True, encoding=encoding, timeout=120, check=False, cwd=cwd, stdin=subprocess.DEVNULL,
        env={**os.environ, "PYTHONIOENCODING": encoding, **(env or {})},
    )  # fmt: skip


def remember(root: Path, name: str, source: str, *, passed: bool) -> None:
    """As if the exercise's file had been graded with this content."""
    entries = progress.load(root)
    sha256 = hashlib.sha256(source.encode()).hexdigest()
    entries[name] = progress.LastResult(sha256=sha256, earned=2.0 if passed else 1.0, points=2.0, passed=passed)
    memory.remember(root, "progress.json", entries)

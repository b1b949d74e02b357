"""`pytest --grade`: each check of a student's file is a test; without the option the plugin does nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from places import ROOT
from small_courses import RIGHT, WRONG, make_course


def run(course: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """pytest as a student runs it, without what this project's own tests tell it."""
    names = ("PYTEST_ADDOPTS", "PYTEST_XDIST_WORKER", "PYTEST_CURRENT_TEST")
    environment = {name: value for name, value in os.environ.items() if name not in names}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "grader.pytest_plugin", "-p", "no:cacheprovider", *arguments],
        cwd=course, capture_output=True, text=True, timeout=180, check=False,
        env={**environment, "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "COLUMNS": "200"},
    )  # fmt: skip


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Two exercises, one solved and one not quite."""
    make_course(tmp_path, "ex01_answer", "ex02_answer")
    for name, source in (("ex01_answer", RIGHT), ("ex02_answer", f"import math\n\n\n{WRONG}")):
        (tmp_path / "exercises" / name / f"{name}.py").write_text(source)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    return tmp_path


def test_it_is_off_unless_it_is_asked_for(course: Path) -> None:
    done = run(course)
    assert done.returncode == 5, "nothing was collected"
    assert "no tests ran" in done.stdout


def test_checks_are_collected_by_their_names_at_the_students_function(course: Path) -> None:
    (course / "pytest.ini").write_text("[pytest]\ngrade = true\n")
    done = run(course, "--collect-only", "-q")
    assert done.returncode == 0, done.stdout
    assert done.stdout.splitlines()[:4] == [
        f"exercises/{name}/{name}.py::{check}"
        for name in ("ex01_answer", "ex02_answer")
        for check in ("number", "answer")
    ]


@pytest.mark.slow
def test_a_lost_check_is_the_sentence_and_junit_says_where(course: Path, tmp_path: Path) -> None:
    done = run(course, "--grade", f"--junit-xml={tmp_path / 'junit.xml'}")
    assert done.returncode == 1, done.stdout
    assert "3 passed" in done.stdout
    assert "answer() returned 41; expected 42." in done.stdout
    assert "Traceback" not in done.stdout
    cases = ElementTree.parse(tmp_path / "junit.xml").getroot().iter("testcase")
    assert [len(case) for case in cases] == [0, 0, 0, 1]


@pytest.mark.slow
def test_one_check_can_be_chosen(course: Path) -> None:
    done = run(course, "--grade", "-k", "ex02_answer and number")
    assert done.returncode == 0, done.stdout
    assert "1 passed, 3 deselected" in done.stdout


def test_other_tests_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "test_own.py").write_text("def test_own(): pass\n")
    done = run(tmp_path, "--grade", str(tmp_path / "test_own.py"))
    assert done.returncode == 0, done.stdout
    assert "1 passed" in done.stdout

"""What stands around the code: versions that are pinned, promises, licence, and what is shipped."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from environments import BASE, environment
from packaging.requirements import Requirement
from places import ROOT

from grader import results
from grader.authoring import release
from grader.classroom import database
from grader.exercises.course import Course

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DECLARED = sorted(
    {*PROJECT["dependencies"], *(name for extra in PROJECT["optional-dependencies"].values() for name in extra)}
)
CONSTRAINTS = [
    Requirement(line)
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("requirement", [name for name in DECLARED if not name.startswith(PROJECT["name"])])
def test_every_dependency_is_pinned_to_a_version_that_it_may_have(requirement: str) -> None:
    wanted = Requirement(requirement)
    (pinned,) = [found for found in CONSTRAINTS if canonical(found.name) == canonical(wanted.name)]
    (version,) = pinned.specifier
    assert version.operator == "=="
    assert wanted.specifier.contains(version.version)


def test_continuous_integration_installs_what_is_pinned() -> None:
    exported = 'export PIP_CONSTRAINT="$PWD/constraints.txt"'
    before, found, after = (ROOT / ".ci" / "run").read_text(encoding="utf-8").partition(exported)
    assert found
    assert "pip install" in after
    assert "pip install" not in before


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    (made,) = folder.glob("*.whl")
    return made


def test_the_wheel_says_its_licence_and_that_it_is_typed(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        (metadata,) = [archive.read(name).decode() for name in names if name.endswith(".dist-info/METADATA")]
        (licence,) = [archive.read(name) for name in names if name.endswith(".dist-info/licenses/LICENSE")]
        (points,) = [archive.read(name).decode() for name in names if name.endswith(".dist-info/entry_points.txt")]
    assert "grader/py.typed" in names
    assert "\nLicense-Expression: Apache-2.0\n" in metadata
    assert licence == (ROOT / "LICENSE").read_bytes()
    assert "grade = grader.__main__:main" in points
    assert "[pytest11]\ngrade = grader.pytest_plugin" in points


def test_the_wheel_may_be_published_and_carries_what_students_get_and_nothing_else(wheel: Path) -> None:
    check = [sys.executable, "-m", "twine", "check", "--strict", str(wheel)]
    done = subprocess.run(check, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for exercise in Course(ROOT).exercises():
        assert f"grader/course/exercises/{exercise.id}/{exercise.stub}" in names
        for file in exercise.files():
            assert (f"grader/course/exercises/{exercise.id}/{file.name}" in names) == (file.side == "exercises"), (
                file.name
            )
    assert not [name for name in names if re.search(r"solutions/|hidden_checks\.py$|/wrong/\w+\.py$|tests/", name)]


@pytest.mark.slow
def test_an_installed_wheel_and_two_commands_give_a_working_course(wheel: Path, tmp_path: Path) -> None:
    python = environment(tmp_path / "fresh", BASE, project=False)
    (site,) = (tmp_path / "fresh" / "lib").glob("python3*/site-packages")
    install = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "-q",
        "--no-deps",
        "--no-index",
        "--target",
        str(site),
        str(wheel),
    ]
    subprocess.run(install, check=True, timeout=180, capture_output=True)

    def grade(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        command = [python, "-m", "grader", *arguments]
        return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=180, check=False)

    made = grade("new", "course", "mine", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    assert made.stdout.startswith(f"mine: {len(Course(ROOT).exercises())} exercises.\n")
    stub = tmp_path / "mine" / "exercises" / "ex13_sin_gradient" / "ex13_sin_gradient.py"
    assert grade("ex13", cwd=tmp_path / "mine").returncode == 1
    stub.write_bytes((ROOT / "solutions" / "ex13_sin_gradient" / "ex13_sin_gradient.py").read_bytes())
    solved = grade("ex13", cwd=tmp_path / "mine")
    assert solved.returncode == 0, solved.stdout + solved.stderr
    assert grade("reset", "ex13", cwd=tmp_path / "mine").returncode == 0
    again = grade("new", "course", "mine", cwd=tmp_path)
    assert (again.returncode, again.stderr.count("exists already")) == (2, 1)
    # Outside of any course the installed one is meant, as in a notebook that lies anywhere.
    assert "Gradient of sin" in grade("list", cwd=tmp_path).stdout


def test_the_kit_says_its_licence_and_that_it_is_typed() -> None:
    kit = release.build(Course(ROOT))
    assert "grader/py.typed" in kit
    assert kit["LICENSE"] == (ROOT / "LICENSE").read_bytes()


def test_the_citation_and_the_changelog_speak_of_this_version() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert (citation["title"], citation["version"]) == (PROJECT["name"], PROJECT["version"])
    assert citation["license"] == PROJECT["license"]
    assert citation["authors"] == PROJECT["authors"]
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"\n## {PROJECT['version']}" in changelog
    assert f"- **Report schema**: version {results.SCHEMA_VERSION}." in changelog
    assert f"- **`grades.db`**: schema version {database.SCHEMA_VERSION}." in changelog

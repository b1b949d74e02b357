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
from packaging.requirements import Requirement
from places import ROOT

from grader import results
from grader.authoring import release
from grader.classroom import database
from grader.exercises.course import Course

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DECLARED = [*PROJECT["dependencies"], *(name for extra in PROJECT["optional-dependencies"].values() for name in extra)]
CONSTRAINTS = [
    Requirement(line)
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("requirement", DECLARED)
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


def test_the_wheel_says_its_licence_and_that_it_is_typed(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        (metadata,) = [archive.read(name).decode() for name in names if name.endswith(".dist-info/METADATA")]
        (licence,) = [archive.read(name) for name in names if name.endswith(".dist-info/licenses/LICENSE")]
    assert "grader/py.typed" in names
    assert "\nLicense-Expression: Apache-2.0\n" in metadata
    assert licence == (ROOT / "LICENSE").read_bytes()


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

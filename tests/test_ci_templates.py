"""The templates for continuous integration: valid by their platforms' schemas, and their steps really run."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from conftest import ROOT

from grader.authoring import release
from grader.exercises.course import Course

TEMPLATES = ROOT / "ci-templates"
GITHUB, GITLAB = TEMPLATES / "github-actions.yml", TEMPLATES / "gitlab-ci.yml"
INSTALL = "python -m pip install --quiet --editable '.[notebooks]'"
"""Not run here: it fetches torch. The README's own test command does as much."""


def github_steps() -> dict[str, dict[str, Any]]:
    (job,) = yaml.safe_load(GITHUB.read_text(encoding="utf-8"))["jobs"].values()
    return {step.get("name", step.get("uses")): step for step in job["steps"]}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A student's repository: the kit, with one exercise solved."""
    folder = tmp_path / "repository"
    release.write(release.build(Course(ROOT)), folder)
    solved = "ex13_sin_gradient/ex13_sin_gradient.py"
    shutil.copy(ROOT / "solutions" / solved, folder / "exercises" / solved)
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "grade").write_text(f"#!{sys.executable}\nfrom grader.cli import main\nmain()\n")
    (programs / "grade").chmod(0o755)
    return folder


def sh(script: str, repository: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a step in the repository as both platforms do: bash, which stops at the first command that fails."""
    path = f"{repository.parent / 'bin'}:{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", script], capture_output=True, text=True, timeout=300, check=False,
        cwd=repository, env={**os.environ, "PATH": path, "PYTHONPATH": str(repository), **variables},
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments",
    [
        ["vendor.github-workflows", str(GITHUB)],
        ["vendor.gitlab-ci", "--data-transform", "gitlab-ci", str(GITLAB)],
    ],
    ids=["GitHub", "GitLab"],
)
def test_a_template_fits_its_platforms_schema(arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", *arguments],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_steps_install_the_kit_and_nothing_else() -> None:
    assert github_steps()["Install"]["run"] == INSTALL
    assert yaml.safe_load(GITLAB.read_text(encoding="utf-8"))["grade"]["before_script"][-1] == INSTALL


@pytest.mark.slow
def test_githubs_steps_grade_and_show(repository: Path) -> None:
    steps, summary = github_steps(), repository.parent / "summary.md"
    graded = sh(steps["Grade"]["run"], repository, EXERCISES="ex13 ex05")
    assert graded.returncode == 1, "ex05 is still to be done"
    shown = sh(steps["Show"]["run"], repository, GITHUB_STEP_SUMMARY=str(summary))
    assert shown.returncode == 0, shown.stderr
    assert "Gradient of sin(x²y)" in shown.stdout
    assert "### Gradient of sin(x²y): 3/3" in summary.read_text(encoding="utf-8")
    assert summary.read_text(encoding="utf-8").count("###") == 2
    for path in steps["Keep"]["with"]["path"].split():
        assert (repository / path).is_file()
    assert len(ElementTree.parse(repository / "junit.xml").getroot()) == 2
    assert "hidden" not in (repository / "report.json").read_text(encoding="utf-8").replace('"hidden": false', "")


@pytest.mark.slow
def test_gitlabs_script_grades_and_shows(repository: Path) -> None:
    job = yaml.safe_load(GITLAB.read_text(encoding="utf-8"))["grade"]
    done = sh("\n".join(job["script"]), repository, EXERCISES="ex13")
    assert done.returncode == 0, done.stdout + done.stderr
    for path in (*job["artifacts"]["paths"], job["artifacts"]["reports"]["junit"]):
        assert (repository / path).is_file()


def test_a_file_that_is_no_report_is_not_rendered(repository: Path) -> None:
    (repository / "report.json").write_text(json.dumps({"reports": [1]}))
    done = sh("grade render report.json", repository)
    assert done.returncode == 2
    assert "is not a report" in done.stderr
    missing = sh("grade render nothing.json", repository)
    assert missing.returncode == 2
    assert "nothing.json cannot be read" in missing.stderr

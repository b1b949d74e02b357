"""The container and the action: linted, and true to the project; no registry and no runner is tried here."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from places import ROOT
from test_ci_templates import GITHUB, repository, sh

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS = {step["name"]: step for step in ACTION["runs"]["steps"] if "name" in step}

__all__ = ["repository"]


def test_the_dockerfile_has_no_fault_that_a_linter_finds() -> None:
    program = shutil.which("hadolint", path=str(Path(sys.executable).parent)) or shutil.which("hadolint")
    assert program, "the extra `test` brings it"
    done = subprocess.run([program, str(ROOT / "Dockerfile")], capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_container_installs_what_the_project_declares_as_a_plain_user() -> None:
    (torch,) = [name for name in PROJECT["dependencies"] if name.startswith("torch>")]
    assert f'"{torch}"' in DOCKERFILE
    assert "ARG TORCH_INDEX=https://download.pytorch.org/whl/cpu\n" in DOCKERFILE
    extras = re.findall(r"EXTRAS=\[(\w+)\]", DOCKERFILE)
    assert len(extras) == 2
    assert set(extras) <= set(PROJECT["optional-dependencies"])
    assert "libseccomp2" in DOCKERFILE
    assert DOCKERFILE.index("useradd") < DOCKERFILE.index("USER 1000") < DOCKERFILE.index("CMD")
    assert ".seed_secret" in (ROOT / ".dockerignore").read_text(encoding="utf-8")


def test_the_devcontainer_is_that_container_and_grants_what_full_isolation_takes() -> None:
    found = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text(encoding="utf-8"))
    build = found["build"]
    assert (ROOT / ".devcontainer" / build["dockerfile"]).resolve() == ROOT / "Dockerfile"
    assert all(f"ARG {name}=" in DOCKERFILE for name in build["args"])
    assert f"--uid 1000 {found['remoteUser']}" in DOCKERFILE
    assert f"WORKDIR {found['workspaceFolder']}\n" in DOCKERFILE
    granted = found["runArgs"][1::2]
    assert all(f"--security-opt {option}" in DOCKERFILE for option in granted)
    assert len(granted) == 3


@pytest.mark.slow
def test_the_action_fits_githubs_schema_and_installs_what_the_template_does() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-actions", ROOT / "action.yml"],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "pip install --quiet --editable '.[notebooks]'" in GITHUB.read_text(encoding="utf-8")
    assert STEPS["Install"]["run"].endswith("pip install --quiet --editable '.[notebooks]'\n")
    used = set(re.findall(r"inputs\.([\w-]+)", (ROOT / "action.yml").read_text(encoding="utf-8")))
    assert used == set(ACTION["inputs"])


@pytest.mark.slow
def test_the_actions_step_grades_and_shows(repository: Path) -> None:
    files = {name: repository.parent / name.lower() for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    variables = {name: str(path) for name, path in files.items()}
    done = sh(STEPS["Grade"]["run"], repository, EXERCISES="ex13", **variables)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Gradient of sin(x²y)" in done.stdout
    assert "### Gradient of sin(x²y): 3/3" in files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8")
    assert files["GITHUB_OUTPUT"].read_text(encoding="utf-8") == "report=report.json\n"
    assert (repository / "report.json").is_file()
    assert (repository / "junit.xml").is_file()
    (repository / "report.json").unlink()
    assert sh(STEPS["Grade"]["run"], repository, EXERCISES="ex99", **variables).returncode == 2

"""The code keeps to its own rules: ruff for lint and format, mypy --strict on grader/. These tests run first."""

from __future__ import annotations

import shlex
import subprocess
import sys

import pytest
import yaml
from places import ROOT

RULES = {
    "ruff check": "python -m ruff check .",
    "ruff format": "python -m ruff format --check .",
    "mypy --strict": "python -m mypy",
}


@pytest.mark.parametrize("command", RULES.values(), ids=RULES)
def test_the_code_keeps_to_its_rules(command: str) -> None:
    result = subprocess.run(
        [sys.executable, *shlex.split(command)[1:]], cwd=ROOT, capture_output=True, text=True, timeout=600, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_same_rules_hold_before_a_commit() -> None:
    found = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    hooks = [hook for repository in found["repos"] for hook in repository["hooks"]]
    assert {hook["name"]: hook["entry"] for hook in hooks} == RULES


def test_continuous_integration_runs_the_command_that_the_readme_gives() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    (command,) = [line for line in readme.splitlines() if line.strip().endswith("-m pytest")]
    assert command.strip() in ci

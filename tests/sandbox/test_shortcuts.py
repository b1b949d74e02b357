"""What libraries do for nobody in a worker is left out, and what they answer stays the same."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from places import ROOT

OPENS = """
import sys
from unittest import mock
from grader.sandbox.inside import shortcuts
shortcuts.prepare()
import optuna
manager = optuna.storages.RDBStorage(sys.argv[1])._version_manager
with mock.patch.object(type(manager), "_create_alembic_script", side_effect=AssertionError("read again")):
    again = optuna.storages.RDBStorage(sys.argv[1])._version_manager
print(manager.get_head_version() == again.get_head_version() == manager._create_alembic_script().get_current_head())
"""
COMPILES = """
from grader.sandbox.inside import shortcuts
shortcuts.prepare()
import torch, torch._dynamo.guards
print(torch._dynamo.guards.profile_guard_manager.__module__ == shortcuts.__name__)
x, half = torch.randn(3), torch.compile(lambda x: x / 2 if x.sum() > 0 else x, backend="eager")
print(torch.equal(half(x.abs()), x.abs() / 2), torch.equal(half(-x.abs()), -x.abs()))
"""


def said(code: str, *arguments: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code, *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout.split()


@pytest.mark.slow
def test_the_newest_migration_is_looked_up_once_and_is_the_newest(tmp_path: Path) -> None:
    assert said(OPENS, f"sqlite:///{tmp_path / 'studies.db'}") == ["True"]


@pytest.mark.slow
def test_no_graph_is_timed_and_each_still_holds_for_its_own_inputs() -> None:
    assert said(COMPILES) == ["True", "True", "True"]

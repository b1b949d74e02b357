"""The search behind ex15's reference solution: processes share a study, and go on where others stopped."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import covertype_cache
import ex15
import pytest
from conftest import ROOT

TUNE = ROOT / "solutions" / "ex15_covertype" / "tune.py"
STAND_IN = ex15.module("stand_in")
Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture(scope="module")
def data_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Generated rows where scikit-learn would keep CoverType's."""
    return covertype_cache.write(tmp_path_factory.mktemp("home"), STAND_IN.world(1, STAND_IN.REHEARSAL))


@pytest.fixture
def start(tmp_path: Path) -> Start:
    def run(command: str, *options: str | Path) -> subprocess.Popen[str]:
        asked = [sys.executable, TUNE, command, "--storage", f"sqlite:///{tmp_path / 'study.db'}", *options]
        return subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    return run


def finished(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=120)
    return process.returncode, out, err


def test_two_processes_share_a_search_that_can_be_gone_on_with(start: Start, data_home: Path) -> None:
    small = ("--data-home", data_home, "--rows", "1500", "--epochs", "2")
    code, out, err = finished(start("create"))
    assert (code, "ready" in out) == (0, True), err
    for code, _, err in [finished(p) for p in [start("run", "--trials", "3", *small) for _ in range(2)]]:
        assert code == 0, err
        assert "Warning" not in err
    code, out, _ = finished(start("show"))
    done = int(out.split(" trials complete")[0])
    assert 3 <= done <= 4  # one that was under way when the other process finished the third counts, too
    assert "learning_rate" in out
    code, out, err = finished(start("run", "--trials", str(done + 1), *small))
    assert (code, f"{done + 1} trials complete" in out) == (0, True), err


def test_what_cannot_be_done_is_said_in_a_sentence(start: Start) -> None:
    code, _, err = finished(start("show"))
    assert (code, "make it once with `create`" in err, "Traceback" in err) == (1, True, False)
    assert finished(start("create"))[0] == 0
    code, _, err = finished(start("create"))
    assert (code, "there already" in err, "Traceback" in err) == (1, True, False)

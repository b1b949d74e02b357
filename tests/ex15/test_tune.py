"""The search behind ex15's reference solution: processes share a study, and go on where others stopped."""

from __future__ import annotations

import runpy
import subprocess
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

import covertype_cache
import ex15
import pytest
from conftest import ROOT
from patience import AT_LAST_S

TUNE = ROOT / "solutions" / "ex15_covertype" / "tune.py"
STAND_IN = ex15.module("stand_in")
Say = Callable[..., str]


@pytest.fixture(scope="module")
def data_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Generated rows where scikit-learn would keep CoverType's."""
    return covertype_cache.write(tmp_path_factory.mktemp("home"), STAND_IN.world(1, STAND_IN.REHEARSAL))


@pytest.fixture
def storage(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'study.db'}"


@pytest.fixture
def say(storage: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Say:
    """The command in this process, where torch is imported once; what it prints."""

    def run(command: str, *options: str | Path) -> str:
        with monkeypatch.context() as patch, warnings.catch_warnings():
            patch.setattr(sys, "argv", [str(TUNE), command, "--storage", storage, *map(str, options)])
            patch.setattr(sys, "path", [*sys.path])
            try:
                runpy.run_path(str(TUNE), run_name="__main__")
            finally:
                sys.modules.pop("ex15_covertype", None)  # another test may mean another file of that name
        return capsys.readouterr().out

    return run


@pytest.mark.slow
def test_two_processes_share_a_search_that_can_be_gone_on_with(say: Say, storage: str, data_home: Path) -> None:
    small = ("--data-home", data_home, "--rows", "1500", "--epochs", "2")
    assert "ready" in say("create")
    command = [sys.executable, TUNE, "run", "--storage", storage, "--trials", "3", *small]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    for process in [subprocess.Popen(command, text=True, **pipes) for _ in range(2)]:  # type: ignore[call-overload]
        _, err = process.communicate(timeout=AT_LAST_S)
        assert process.returncode == 0, err
        assert "Warning" not in err
    out = say("show")
    done = int(out.split(" trials complete")[0])
    assert 3 <= done <= 4  # one that was under way when the other process finished the third counts, too
    assert "learning_rate" in out
    assert f"{done + 1} trials complete" in say("run", "--trials", str(done + 1), *small)


@pytest.mark.slow
def test_what_cannot_be_done_is_said_in_a_sentence(say: Say) -> None:
    with pytest.raises(SystemExit, match="make it once with `create`"):
        say("show")
    say("create")
    with pytest.raises(SystemExit, match="there already"):
        say("create")

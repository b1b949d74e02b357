"""What is shown of a grading while it runs: one line that says where it is, on a terminal from the first moment."""

from __future__ import annotations

import math
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest
from places import ROOT

from grader.commands.live_grading import extent, line_of
from grader.grading.glimpses import Glimpse, Step


def shown(**numbers: float) -> str:
    return line_of(Glimpse("fit(X_train, y_train)", 12.3, 300.0, 3, numbers), 12.3)


def test_the_loss_stands_beside_the_accuracy() -> None:
    line = shown(train_loss=0.41234, valid_accuracy=0.871)
    assert line == "fit(): 12 s of 300 s · epoch 3 · train_loss 0.4123 · valid_accuracy 0.871"


def test_a_loss_that_is_no_number_is_said_at_once() -> None:
    assert "train_loss is NaN · valid_accuracy 0.36" in shown(train_loss=math.nan, valid_accuracy=0.36)
    assert "train_loss is infinite" in shown(train_loss=math.inf)


def test_which_check_is_asked_is_said_and_for_how_long() -> None:
    step = Step(5, 9, "The test accuracy")
    assert line_of(step, 0.4) == "check 5 of 9: The test accuracy"
    assert line_of(step, 3.2) == "check 5 of 9: The test accuracy · 3 s"
    assert line_of(Step(5, 9, ""), 0.4) == "check 5 of 9", "a title that is kept from the reader"
    assert extent(step, 3.2) == (9, 4), "four are done"


@pytest.mark.slow
def test_a_terminal_shows_something_before_torch_is_there(tmp_path: Path) -> None:
    """And the line is gone when the report comes; a pipe never sees it."""
    command = [sys.executable, "-m", "grader", "ex13", "--course", str(ROOT)]
    child = pexpect.spawn(command[0], command[1:], cwd=tmp_path, encoding="utf-8", timeout=120, dimensions=(40, 100))
    child.expect("Getting ready")
    child.expect("points")
    child.expect(pexpect.EOF)
    assert "Getting ready" not in child.before, "it moves over for the report"
    piped = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    assert "Getting ready" not in piped.stdout
    assert "check 1 of" not in piped.stdout

"""What is shown of a training while it runs: one line that says where it is."""

from __future__ import annotations

import math

from grader.commands.training import line_of
from grader.grading.glimpses import Glimpse


def shown(**numbers: float) -> str:
    return line_of(Glimpse("fit(X_train, y_train)", 12.3, 300.0, 3, numbers), 12.3)


def test_the_loss_stands_beside_the_accuracy() -> None:
    line = shown(train_loss=0.41234, valid_accuracy=0.871)
    assert line == "fit(): 12 s of 300 s · epoch 3 · train_loss 0.4123 · valid_accuracy 0.871"


def test_a_loss_that_is_no_number_is_said_at_once() -> None:
    assert "train_loss is NaN · valid_accuracy 0.36" in shown(train_loss=math.nan, valid_accuracy=0.36)
    assert "train_loss is infinite" in shown(train_loss=math.inf)

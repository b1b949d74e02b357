"""What a stub leaves to be written, and what of it is still so."""

from __future__ import annotations

import pytest
from places import ROOT

from grader.exercises.course import Course
from grader.exercises.exercise import Exercise
from grader.submissions.unfinished import gaps, left_open

STUB = '''
"""An exercise."""
import torch

TABLE: dict[str, float] = {}
KNOWN = {"a": 1}
ANSWER = None


def one(x):
    """To be written."""
    raise NotImplementedError


def two(x):
    ...


def given(x):
    return x + 1


class Layer(torch.nn.Module):
    def __init__(self, n):
        super().__init__()
        raise NotImplementedError("make the weights")

    def forward(self, x):
        raise NotImplementedError


class Empty(torch.nn.Module):
    """To be written."""
'''


def test_what_is_to_be_written_is_found_by_name() -> None:
    names = ["TABLE", "ANSWER", "one", "two", "Layer.__init__", "Layer.forward", "Empty"]
    assert [gap.name for gap in gaps(STUB)] == names
    assert left_open(STUB, STUB) == names


def test_what_has_been_written_is_no_longer_open() -> None:
    work = STUB.replace("    ...\n", "    return 2 * x\n").replace("ANSWER = None", "ANSWER = 42")
    assert left_open(STUB, work) == ["TABLE", "one", "Layer.__init__", "Layer.forward", "Empty"]


def test_other_docstrings_and_comments_do_not_count_as_work() -> None:
    work = STUB.replace('"""To be written."""\n    raise', "# I shall do this tomorrow\n    raise")
    assert "one" in left_open(STUB, work)


def test_what_is_gone_is_not_called_open_and_what_cannot_be_parsed_is_not_judged() -> None:
    assert left_open(STUB, "def one(x):\n    return x\n") == []
    assert left_open(STUB, "def one(x:\n") == []


@pytest.mark.parametrize("exercise", Course(ROOT).exercises(), ids=lambda exercise: exercise.label)
def test_every_stub_leaves_something_open_and_every_solution_nothing(exercise: Exercise) -> None:
    assert exercise.solution_path is not None
    stub, solution = (path.read_text(encoding="utf-8") for path in (exercise.stub_path, exercise.solution_path))
    assert gaps(stub)
    assert left_open(stub, solution) == []

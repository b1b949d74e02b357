"""Work of which one part is still as the stub has it."""

from __future__ import annotations

import pytest
from places import ROOT

from grader.authoring.put_back import unfinished
from grader.exercises.course import Course
from grader.exercises.exercise import Exercise
from grader.submissions.unfinished import gaps, left_open

STUB = '''
import torch

TABLE = {}


def one(x):
    """To be written."""
    raise NotImplementedError


class Layer(torch.nn.Module):
    def __init__(self, n):
        raise NotImplementedError

    def forward(self, x):
        raise NotImplementedError
'''
SOLUTION = """
import torch


def helper(x):
    return x


def one(x):
    return helper(x)  # the whole point


TABLE = {"one": one}


class Layer(torch.nn.Module):
    def __init__(self, n):
        super().__init__()
        self.n = n

    @torch.no_grad()
    def forward(self, x):
        return x * self.n
"""


def test_each_name_is_put_back_alone() -> None:
    made = unfinished(STUB, SOLUTION)
    assert list(made) == ["TABLE", "one", "Layer.__init__", "Layer.forward"]
    for name, text in made.items():
        assert left_open(STUB, text) == [name]


def test_a_method_goes_back_into_its_class_and_the_rest_stays() -> None:
    text = unfinished(STUB, SOLUTION)["Layer.forward"]
    assert "no_grad" not in text
    assert "self.n = n" in text
    assert "helper(x)  # the whole point" in text


def test_what_the_solution_makes_elsewhere_is_put_at_the_end() -> None:
    solution = SOLUTION.replace("def one(x):\n    return helper(x)  # the whole point", "one, two = helper, helper")
    text = unfinished(STUB, solution)["one"]
    assert text.rstrip().endswith("raise NotImplementedError")


@pytest.mark.parametrize("exercise", Course(ROOT).exercises(), ids=lambda exercise: exercise.label)
def test_every_name_of_every_stub_can_be_put_back(exercise: Exercise) -> None:
    assert exercise.solution_path is not None
    stub, solution = (path.read_text(encoding="utf-8") for path in (exercise.stub_path, exercise.solution_path))
    made = unfinished(stub, solution)
    assert list(made) == [gap.name for gap in gaps(stub)]
    for name, text in made.items():
        compile(text, exercise.stub, "exec")
        assert name in left_open(stub, text)

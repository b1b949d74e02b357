"""An error of the student's code is told with the student's own places, innermost first, and never with torch's."""

from __future__ import annotations

import pytest
from conftest import Grade

from grader.checks import expect
from grader.errors import StudentRaised
from grader.grading.verdicts import Verdict, verdict_of
from grader.sandbox.wire import Frame, Raised


def frame(line: int, function: str, source: str = "y = f(x)") -> Frame:
    return Frame(file="ex01.py", line=line, function=function, source=source)


def told(*frames: Frame) -> Verdict:
    raised = Raised(type_name="ValueError", message="bad", bases=["ValueError", "Exception"], frames=list(frames))
    return verdict_of(StudentRaised(raised, "f(1.0)"), {})


def test_an_error_names_the_innermost_place_and_those_that_led_there() -> None:
    verdict = told(frame(30, "train", "loss = step(x)"), frame(20, "step", "z = net(x)"), frame(9, "forward"))
    assert verdict.message == "Your code raised ValueError: bad at ex01.py:9, in forward."
    assert verdict.evidence["line"] == "y = f(x)"
    assert verdict.evidence["called_from"] == "line 20, in step: z = net(x)\nline 30, in train: loss = step(x)"


def test_one_place_has_no_callers() -> None:
    assert "called_from" not in told(frame(9, "forward")).evidence


def test_three_places_are_enough() -> None:
    verdict = told(*(frame(line, f"f{line}") for line in range(1, 9)))
    assert verdict.message.endswith("at ex01.py:8, in f8.")
    assert [line.split(":")[0] for line in verdict.evidence["called_from"].splitlines()] == [
        "line 7, in f7",
        "line 6, in f6",
    ]


def test_a_function_that_calls_itself_is_named_once() -> None:
    assert "called_from" not in told(*[frame(5, "f")] * 12).evidence


def test_what_runs_within_a_line_is_in_the_function_that_the_line_is_in() -> None:
    verdict = told(frame(21, "gradient"), frame(21, "<genexpr>"))
    assert verdict.message.endswith("at ex01.py:21, in gradient.")
    assert "called_from" not in verdict.evidence


def test_an_explanation_with_words_is_given_only_for_a_message_that_has_them() -> None:
    def explained(message: str) -> str | None:
        raised = Raised(
            type_name="AssertionError", message=message, bases=["AssertionError", "Exception"], frames=[frame(9, "f")]
        )
        return verdict_of(StudentRaised(raised, "f()"), {"AssertionError: CUDA": "Use the argument."}).mistake

    assert explained("Torch not compiled with CUDA enabled") == "Use the argument."
    assert explained("shapes differ") is None


def test_pythons_own_words_for_places_are_left_out() -> None:
    verdict = told(frame(30, "<module>"), frame(9, "<lambda>"))
    assert verdict.message.endswith("at ex01.py:9.")
    assert verdict.evidence["called_from"] == "line 30: y = f(x)"


DEEP = """
import torch
from torch import nn

class Scale(nn.Module):
    def forward(self, x):
        return nn.functional.linear(x, torch.ones(3, 3))

def helper(x, y):
    return nn.Sequential(Scale())(torch.stack([x, y]))

def sin_x2y(x, y):
    return [helper(a, b) for a, b in zip(x, y)]

def gradient_at(x, y):
    return sin_x2y(torch.tensor([x]), torch.tensor([y]))
"""


def test_an_error_deep_in_torch_is_told_from_the_students_line_that_called_it(grade_source: Grade) -> None:
    first = grade_source("ex13", DEEP).checks[0]
    assert "mat1 and mat2 shapes cannot be multiplied" in first.message
    assert first.message.endswith("at ex13_sin_gradient.py:7, in forward.")
    assert first.evidence["line"] == "return nn.functional.linear(x, torch.ones(3, 3))"
    assert first.evidence["called_from"].splitlines() == [
        "line 10, in helper: return nn.Sequential(Scale())(torch.stack([x, y]))",
        "line 13, in sin_x2y: return [helper(a, b) for a, b in zip(x, y)]",
    ]


def test_a_sentence_that_a_check_has_found_by_an_exceptions_words_comes_before_those_for_its_type() -> None:
    fault = StudentRaised(
        Raised(
            type_name="RuntimeError",
            message="a leaf Variable that requires grad",
            bases=["RuntimeError", "Exception"],
            frames=[frame(9, "f")],
        ),
        "f(1.0)",
    )

    def caught(known: dict[str, str]) -> str | None:
        with pytest.raises(StudentRaised) as found, expect.explained(known):
            raise fault
        return verdict_of(found.value, {"RuntimeError": "By its type."}).mistake

    assert caught({"no such words": "No.", "a leaf": "By its words."}) == "By its words."
    assert caught({"no such words": "No."}) == "By its type."

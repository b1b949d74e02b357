"""No text of a student's can give a command to a CI service that reads the log in which it stands."""

from __future__ import annotations

import re

import msgspec
import pytest
from conftest import Grade

from grader.reports import plain, terminal
from grader.reports.format_names import Format
from grader.reports.formats import render
from grader.reports.reveal import Reveal
from grader.text import clean

COMMANDS = (
    "::error::x",
    "  ::set-env name=A::b",
    "##[error]x",
    "\t##vso[task.x]y",
    "##teamcity[x]",
    "::add-mask::x",
    ":: x::",
)
A_COMMAND = re.compile(r"^\s*(::|##\w*\[)", re.MULTILINE)
FOLDED = re.compile(r"^\s*(::[\w-]+( .*)?::|##\w*\[)", re.MULTILINE)
"""What is left of one that was cut in its middle is none: they have a name and two pairs of colons."""
HONEST = """
import torch
def sin_x2y(x, y): return torch.sin(x**2 * y)
def gradient(f, *point): raise ValueError({text!r})
def gradient_at(x, y): return {text!r}
print({text!r})
"""


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_becomes_text(command: str) -> None:
    assert not A_COMMAND.search(clean(command))
    assert not A_COMMAND.search(clean(f"first\n{command}\n{command}"))
    assert clean(clean(command)) == clean(command)


@pytest.mark.parametrize(
    "text", ["x[::2]", "torch::jit::Module", "a::b", "# ## title", "std::vector<int>", "x = y[:, ::-1]"]
)
def test_what_only_looks_like_one_stays(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize("form", [Format.TERMINAL, Format.PLAIN, Format.JUNIT, Format.JSON, Format.GRADESCOPE])
def test_no_line_of_a_report_begins_with_one(grade_source: Grade, form: Format) -> None:
    report = grade_source("ex13", HONEST.format(text="\n".join(COMMANDS)))
    if form in (Format.TERMINAL, Format.PLAIN):
        rendered = (
            terminal.as_text(terminal.render(report), width=60) if form is Format.TERMINAL else plain.report(report)
        )
    else:
        rendered = render(form, [report], Reveal.ALL)
    assert "error" in rendered
    assert not A_COMMAND.search(rendered)


@pytest.mark.parametrize("width", [40, 41, 42, 43, 44, 60, 80])
def test_nor_does_one_that_a_terminal_folds(grade_source: Grade, width: int) -> None:
    report = grade_source("ex13", HONEST.format(text="ok"))
    for shift in range(width):
        folded = msgspec.structs.replace(report, output=f"{'a' * shift}::error::x {'b' * shift} ##[error]x")
        assert not FOLDED.search(terminal.as_text(terminal.render(folded), width=width))

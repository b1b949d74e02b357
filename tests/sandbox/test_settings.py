"""What a submission sets in torch holds while it is run; then its functions are asked as in a fresh torch."""

from __future__ import annotations

import ast

import pytest
from conftest import ROOT, Grade

from grader.exercises.course import Course
from grader.sandbox import wire
from grader.sandbox.host import Sandbox
from grader.sandbox.limits import Limits

PROBES = b"""
import torch
from torch import nn

def layer():
    made = nn.Linear(2, 2)
    return [str(made.weight.dtype), made.weight.device.type, torch.are_deterministic_algorithms_enabled()]

def printed():
    return repr(torch.tensor([0.123456]))
"""
SETS = b"""
import torch
torch.set_default_dtype(torch.float64)
torch.set_default_device("meta")
torch._C._set_deterministic_algorithms(True)
torch.set_printoptions(precision=1)
torch.set_grad_enabled(False)
made = torch.zeros(2)
there = [str(made.dtype), made.device.type, torch.is_grad_enabled()]

def own():
    made = torch.zeros(2)
    return [str(made.dtype), made.device.type, torch.is_grad_enabled()]

def leaves():
    torch.set_default_dtype(torch.bfloat16)
"""
SECONDS = 120.0


def test_settings_hold_while_the_file_is_run_and_then_are_torchs_own(any_sandbox: Sandbox) -> None:
    worker = any_sandbox.start_worker(Limits())

    def plain(reply: wire.Reply) -> object:
        assert isinstance(reply, wire.Done), reply
        return list(reply.value.items) if isinstance(reply.value, wire.ListValue) else reply.value

    def asked(name: str, *, probe: bool = False) -> object:
        return plain(worker.ask(wire.Call(path=[name], probe=probe), b"", SECONDS, name)[0])

    try:
        loaded, _ = worker.ask(wire.Load(name="a.py", source=SETS, probes=PROBES, seed=1), b"", SECONDS, "importing")
        assert loaded == wire.Done(None)
        there, _ = worker.ask(wire.Get(path=["there"]), b"", SECONDS, "there")
        assert plain(there) == ["torch.float64", "meta", False]
        assert asked("own") == ["torch.float32", "cpu", True]
        assert asked("layer", probe=True) == ["torch.float32", "cpu", False]
        assert asked("printed", probe=True) == "tensor([0.1235])"
        asked("leaves")
        assert asked("layer", probe=True) == ["torch.bfloat16", "cpu", False], "what a function has left is seen"
    finally:
        any_sandbox.stop_worker(worker)


HEAD = "import torch as _torch\n_torch.set_default_dtype(_torch.float64)\n_torch.set_printoptions(precision=1)\n"
TAIL = """
_torch.use_deterministic_algorithms(True)
_torch.set_grad_enabled(False)
_torch.set_default_device('meta')
"""


def with_settings(text: str) -> str:
    """The program, which sets what can be set: below what must stand first, and at its end."""
    lines, first = text.splitlines(keepends=True), 0
    for node in ast.parse(text).body:
        if not (isinstance(node, ast.Expr) or (isinstance(node, ast.ImportFrom) and node.module == "__future__")):
            break
        first = node.end_lineno or 0
    return "".join([*lines[:first], HEAD, *lines[first:], TAIL])


@pytest.mark.slow
@pytest.mark.parametrize("exercise", [exercise.id for exercise in Course(ROOT).exercises()])
def test_right_work_passes_whatever_it_has_set(grade_source: Grade, course: Course, exercise: str) -> None:
    path = course.find(exercise).solution_path
    assert path is not None
    report = grade_source(exercise, with_settings(path.read_text(encoding="utf-8")))
    assert report.passed, [(result.id, result.message) for result in report.checks if result.earned < result.points]
    assert not any("set_default" in note for note in report.notes)


OWN = """
import math
import torch
torch.set_default_dtype(torch.float64)
def gradient_at(x, y):
    return 0.0, 0.0
"""


def test_a_default_is_named_where_something_has_not_passed(grade_source: Grade) -> None:
    (note,) = [note for note in grade_source("ex13", OWN).notes if "set_default" in note]
    assert note.startswith("Line 4 of your file has set_default_dtype(…): what it sets holds while your file is run.")
    inside = OWN.replace("torch.set_default_dtype(torch.float64)\n", "# torch.set_default_dtype(torch.float64)\n")
    assert not any("set_default" in note for note in grade_source("ex13", inside).notes)

"""What a submission sets in torch for itself reaches its own code, and none of our helpers'."""

from __future__ import annotations

import pytest

from grader.sandbox import wire
from grader.sandbox.host import Sandbox
from grader.sandbox.limits import Limits

PROBES = b"""
import torch
from torch import nn

SETS_DEFAULTS = ("sets",)

def layer():
    made = nn.Linear(2, 2)
    return [str(made.weight.dtype), made.weight.device.type, torch.are_deterministic_algorithms_enabled()]

def printed():
    return repr(torch.tensor([0.123456]))

def sets():
    torch.set_default_dtype(torch.float16)
"""
SETS = b"""
import torch
torch.set_default_dtype(torch.float64)
torch.set_default_device("meta")
torch._C._set_deterministic_algorithms(True)
torch.set_printoptions(precision=1)
torch.set_grad_enabled(False)

def own():
    made = torch.zeros(2)
    return [str(made.dtype), made.device.type, torch.is_grad_enabled()]

def leaves():
    torch.set_default_dtype(torch.bfloat16)
"""
SECONDS = 120.0


def test_helpers_build_as_in_a_fresh_torch(any_sandbox: Sandbox) -> None:
    worker = any_sandbox.start_worker(Limits())

    def asked(name: str, *, probe: bool = False) -> object:
        reply, _ = worker.ask(wire.Call(path=[name], probe=probe), b"", SECONDS, name)
        assert isinstance(reply, wire.Done), reply
        return list(reply.value.items) if isinstance(reply.value, wire.ListValue) else reply.value

    try:
        loaded, _ = worker.ask(wire.Load(name="a.py", source=SETS, probes=PROBES, seed=1), b"", SECONDS, "importing")
        assert loaded == wire.Done(None)
        # Gradients that are off at the end of a file are off for what would follow in it.
        assert asked("own") == ["torch.float64", "meta", True]
        assert asked("layer", probe=True) == ["torch.float32", "cpu", False]
        assert asked("printed", probe=True) == "tensor([0.1235])"
        assert asked("own") == ["torch.float64", "meta", True]
        asked("leaves")
        assert asked("layer", probe=True) == ["torch.bfloat16", "meta", True], "what a function has left is seen"
        asked("sets", probe=True)
        assert asked("own") == ["torch.float16", "meta", True], "a helper whose settings stay"
    finally:
        any_sandbox.stop_worker(worker)


@pytest.mark.parametrize("exercise", ["ex07", "ex11"])
def test_right_work_in_double_precision_passes(grade_source, course, exercise: str) -> None:  # type: ignore[no-untyped-def]
    text = course.find(exercise).solution_path.read_text(encoding="utf-8")
    head = "import torch\ntorch.set_default_dtype(torch.float64)\n"
    report = grade_source(exercise, text.replace("import torch\n", head, 1) + "\ntorch.set_grad_enabled(False)\n")
    assert report.passed, [(result.id, result.message) for result in report.checks]

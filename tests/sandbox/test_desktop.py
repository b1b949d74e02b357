"""What a program does at its author's desk beside its task costs it nothing: windows, widgets, arguments, bars."""

from __future__ import annotations

import importlib.util

import pytest
from conftest import Grade

from grader.results import Status
from grader.sandbox.host import Sandbox
from grader.sandbox.inside.desktop import needs_a_window

HONEST = """
import torch
def sin_x2y(x, y): return torch.sin(x**2 * y)
def gradient(f, *point):
    leaves = [torch.tensor(float(v), requires_grad=True) for v in point]
    f(*leaves).backward()
    return tuple(0.0 if leaf.grad is None else leaf.grad.item() for leaf in leaves)
def gradient_at(x, y): return gradient(sin_x2y, x, y)
"""
AT_THE_DESK = {
    "arguments": """
import argparse
parser = argparse.ArgumentParser()
parser.add_argument("--lr", default=0.1)
parser.parse_args()
""",
    "no arguments": """
import sys
if len(sys.argv) > 1:
    raise SystemExit("usage: python ex13_sin_gradient.py")
assert sys.argv == ["ex13_sin_gradient.py"], sys.argv
""",
    "nothing of the grader's in __main__": """
import __main__
assert set(vars(__main__)) <= {"__name__", "__doc__", "__package__", "__loader__", "__spec__"}
""",
    "a debugger": "breakpoint()",
    "a drive": """
from google.colab import drive, files
import google.colab.output
drive.mount("/content/drive")
for name in files.upload():
    print(name)
""",
    "widgets": """
from ipywidgets import interact
import ipywidgets as widgets
slider = widgets.FloatSlider(min=0, max=1)
slider.value = 3
@interact(x=3)
def shown(x):
    return x + 1
assert shown(1) == 2
""",
    "widgets' bars": """
from tqdm.notebook import tqdm, trange
assert list(tqdm(range(3))) == list(trange(3)) == [0, 1, 2]
""",
}


@pytest.mark.parametrize("code", AT_THE_DESK.values(), ids=AT_THE_DESK.keys())
def test_it_is_harmless(grade_source: Grade, jailed_sandbox: Sandbox, code: str) -> None:
    report = grade_source("ex13", f"{code}\n{HONEST}", sandbox=jailed_sandbox)
    assert report.problem is None, report.problem
    assert report.earned == report.points


@pytest.mark.slow
@pytest.mark.skipif(importlib.util.find_spec("matplotlib") is None, reason="matplotlib is not installed")
@pytest.mark.parametrize("backend", ["TkAgg", "qtagg", "module://ipympl.backend_nbagg", "agg"])
def test_plots_for_a_window_are_drawn_to_nowhere(grade_source: Grade, backend: str) -> None:
    plot = (
        f"import matplotlib\nmatplotlib.use({backend!r})\nimport matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()"
    )
    assert grade_source("ex13", f"{plot}\n{HONEST}").passed


@pytest.mark.parametrize(
    ("backend", "needs"),
    [("TkAgg", True), ("Qt5Agg", True), ("nbAgg", True), ("widget", True), ("agg", False), ("inline", False),
     ("module://matplotlib_inline.backend_inline", False), ("module://ipympl.backend_nbagg", True), ("svg", False)],
)  # fmt: skip
def test_backends_that_need_a_window_are_known(backend: str, needs: bool) -> None:
    assert needs_a_window(backend) is needs


@pytest.mark.slow
def test_what_is_compiled_by_default_runs_without_a_compiler(grade_source: Grade, jailed_sandbox: Sandbox) -> None:
    compiled = HONEST.replace("def sin_x2y", "@torch.compile\ndef sin_x2y")
    assert compiled != HONEST
    assert grade_source("ex13", compiled, sandbox=jailed_sandbox).passed


def test_a_gpu_that_is_not_there_is_said_to_be_not_there(grade_source: Grade, best_sandbox: Sandbox) -> None:
    report = grade_source("ex13", HONEST.replace("requires_grad=True)", "requires_grad=True, device='cuda')"))
    if report.device != "cpu":
        pytest.skip("this machine has a GPU")
    failed = next(result for result in report.checks if result.status is Status.ERROR)
    assert failed.mistake == "This machine has no GPU: choose the device with torch.cuda.is_available()."
    assert "fork" not in failed.message

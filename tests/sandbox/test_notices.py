"""What a person should look at is noticed, before the code can hide it; what honest work does is not."""

from __future__ import annotations

import socket
from itertools import chain

import pytest
from conftest import ROOT, Grade, notebook_of

from grader.classroom.flags import GradedWork, flags
from grader.exercises.course import Course
from grader.grading.runner import Settings, grade
from grader.sandbox.host import Sandbox
from grader.sandbox.inside.driver import _noticed
from grader.sandbox.inside.notices import GRADER, LOOKS_AROUND, PATCHES, read, told

SAID = {
    "import grader": GRADER,
    "from grader.sandbox import wire": GRADER,
    "import sys\nsys.modules['grader.sandbox.wire']": GRADER,
    "import sys\nsys._getframe()": LOOKS_AROUND,
    "import gc\ngc.get_objects()": LOOKS_AROUND,
    "import ctypes": LOOKS_AROUND,
    "try:\n    1 / 0\nexcept Exception as e:\n    e.__traceback__.tb_frame": LOOKS_AROUND,
    "import torch\ntorch.jit.trace = None": PATCHES,
    "from torch import nn\nnn.Module.eval = lambda self: self": PATCHES,
    "import torch\nsetattr(torch.Tensor, 'item', None)": PATCHES,
}


@pytest.mark.parametrize("source", SAID, ids=lambda source: source.replace("\n", "; "))
def test_what_honest_work_never_says_is_read(source: str) -> None:
    assert SAID[source] in [what for what, _ in read(source.encode())]


HONEST = """
import torch
from torch import nn
torch.backends.cudnn.benchmark = True
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(2, 3)
        setattr(self, "other", nn.ReLU())
    @property
    def torch(self): ...
x = torch.zeros(3, requires_grad=True)
x.grad = None
print(torch.nn.functional.relu(x) == x, "a grader reads this")
"""


def test_honest_work_says_nothing_of_the_kind() -> None:
    assert list(read(HONEST.encode())) == []
    folders = ("right/*.py", "wrong/*.py")
    for exercise in Course(ROOT).exercises():
        assert exercise.solution_folder is not None
        for path in chain(*(exercise.solution_folder.glob(pattern) for pattern in folders), [exercise.stub_path]):
            assert list(read(path.read_bytes())) == [], path


def test_a_source_that_cannot_be_parsed_says_nothing() -> None:
    assert list(read(b"import grader (")) == []


HIDES_IT = """
import importlib
look = getattr(importlib.import_module("s" + "ys"), "_get" + "frame")
look()
try:
    __import__("gra" + "der.sandbox.wire")
except ImportError:
    pass
objects = getattr(importlib.import_module("g" + "c"), "get_" + "objects")()
found = [thing for thing in objects if type(thing).__name__ == "Answerer"]
"""
RIGHT = """
import math
def gradient_at(x, y):
    c = math.cos(x * x * y)
    return 2 * x * y * c, x * x * c
"""


def test_what_is_done_is_heard_though_the_source_hides_it(grade_source: Grade) -> None:
    report = grade_source("ex13", HIDES_IT + RIGHT + "\nassert not found\n")
    assert report.problem is None
    told = " ".join(report.noticed)
    assert f"{LOOKS_AROUND} (line 4)" in told
    assert f"{GRADER} (line 6)" in told
    assert f"{LOOKS_AROUND} (line 9)" in told
    assert report.notes[0].startswith("For a person to look at: this file ")
    assert flags([GradedWork("ada", report)])["ada"][report.exercise][: len(report.noticed)] == report.noticed
    assert report.earned == grade_source("ex13", RIGHT).earned, "it costs nobody a point"
    assert grade_source("ex13", RIGHT).noticed == ()


def test_the_grader_is_out_of_view(grade_source: Grade) -> None:
    found = "import sys\nfound = [name for name in sys.modules if name.split('.')[0] == 'grader']\n"
    report = grade_source("ex13", found + RIGHT + "\nassert found == ['grader.sandbox.apparatus'], found\n")
    assert report.problem is None


def test_a_notebooks_cells_are_heard_too(best_sandbox: Sandbox, course: Course) -> None:
    exercise = course.find("ex13")
    settings, checks = Settings(seed=1, secret=b"notices"), exercise.load_checks(hidden=True)
    work = notebook_of("import sys\nsys._getframe()", RIGHT)
    report = grade(exercise, checks, work, best_sandbox, settings)
    assert any(LOOKS_AROUND in clause for clause in report.noticed), report.noticed
    assert grade(exercise, checks, notebook_of(RIGHT), best_sandbox, settings).noticed == ()


LOOKS = """
import importlib
# On a line of its own, where the cells that cover it up have nothing of the kind.
x = 1
x = 2
x = 3
x = 4
x = 5
looking = getattr(importlib.import_module("s" + "ys"), "_get" + "frame")()
"""
COVERS_UP = {
    "forgets what it was to tell": """
frame = looking
while frame is not None and not hasattr(frame.f_locals.get("answerer"), "_pending"):
    frame = frame.f_back
frame.f_locals["answerer"]._pending.clear()
""",
    "puts something in the way": """
import os, socket
for number in range(3, 200):
    try:
        if os.readlink(f"/proc/self/fd/{number}").startswith("socket:"):
            ours, other = socket.socketpair()
            os.dup2(ours.fileno(), number)
    except OSError:
        pass
""",
}


@pytest.mark.parametrize("covers_up", COVERS_UP)
def test_no_later_cell_takes_a_notice_back(best_sandbox: Sandbox, course: Course, covers_up: str) -> None:
    exercise = course.find("ex13")
    settings, checks = Settings(seed=1, secret=b"notices"), exercise.load_checks(hidden=True)
    work = notebook_of(LOOKS, COVERS_UP[covers_up], RIGHT)
    report = grade(exercise, checks, work, best_sandbox, settings)
    assert f"{LOOKS_AROUND} (line 8)" in report.noticed, report.noticed


def test_a_kernel_that_closes_the_way_or_speaks_nonsense_is_noticed_for_it() -> None:
    drivers, kernels = socket.socketpair()
    with drivers:
        with kernels:
            assert _noticed(drivers) == []
            kernels.sendall(told(PATCHES, 7) + told(LOOKS_AROUND, 0))
            assert _noticed(drivers) == [(PATCHES, 7), (LOOKS_AROUND, 0)]
            kernels.sendall(b"12 nothing of ours\n" + b"\xff" * 40)
            assert _noticed(drivers) == [(GRADER, 0), (GRADER, 0)]
        assert _noticed(drivers) == [(GRADER, 0)], "the process is there, its end is not"

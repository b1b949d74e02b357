"""Who takes over the worker's own code earns what is witnessed (W), and nothing recomputed (R) beyond their work.

Each forger is a program that does not do the work, and a patch that lies for it from inside the worker: it knows our
code, and finds it although it is out of view. With the patch no check of kind R may pass that does not pass without.
"""

from __future__ import annotations

import pytest
from conftest import ROOT, Grade
from forging import FINDS_THE_HARNESS

from grader.authoring import overlay
from grader.exercises.course import Course
from grader.results import Report, Status

FORGERS = {
    "ex02": (
        """
def out_of_place(op, x):
    return getattr(x, op)()

in_place = out_of_place
same_memory = lambda a, b: a.shape == b.shape
""",
        """
plain, truly = helpers.tensor, {}

def in_place(op, x):
    truly[id(x)] = getattr(x, op)()
    return truly[id(x)]

helpers.read = lambda thing: truly.get(id(thing), thing)
helpers.same_object = lambda one, other: truly.get(id(other)) is one
""",
    ),
    "ex03": (
        """
import numpy as np
import torch

def create_direct(data, device):
    return torch.zeros(np.shape(data))

def create_then_move(data, device):
    return torch.zeros(np.shape(data))
""",
        """
device_now, zeros = ["cpu"], torch.zeros
flags_are_innocent(lambda: device_now[0])

def knowing(shape):
    device_now[0] = sys._getframe(1).f_locals["device"]
    return zeros(shape)

setattr(torch, "zeros", knowing)

def journey(create, data, device):
    found = {"device": device, "count": torch.tensor(data).numel(), "moved": create is create_then_move}
    return {**found, "elsewhere": [] if create is create_direct else ["to"]}

helpers.journey, helpers.defaults = journey, lambda: ["cpu", "float32"]
""",
    ),
    "ex04": (
        """
turn = [0]

def way_1(fn, x):
    turn[0] = 0
    return fn(x).detach()

def way_2(fn, x):
    turn[0] = 1
    return fn(x).detach()

def way_3(fn, x):
    turn[0] = 2
    return fn(x).detach()
""",
        """
flags_are_innocent()
RECORDS = [[False, False, True, True, True], [True, True, True, True, True], [True, False, False, True, False]]
helpers.seen_by = lambda fn: [RECORDS[turn[0]]]
helpers.switch_after = lambda way, fn, x, on: on
""",
    ),
    "ex07": (
        """
STEPS = ["get_batch", "move", "forward", "loss", "backward", "step", "zero_grad"]

def train(model, optimizer, criterion, batches, epochs, device="cpu"):
    means = []
    for _ in range(epochs):
        losses = []
        for X, y in batches:
            loss = criterion(model(X), y)
            loss.backward()
            optimizer.step()
            optimizer.zero_grad()
            losses.append(loss)
        means.append(sum(losses) / len(losses))
    return means
""",
        """
flags_are_innocent()
make = apparatus.model
apparatus.model = lambda layers, state, training=True, *rest, **more: make(layers, state, True, *rest, **more)
helpers.places = lambda *arguments: {"X": [], "y": []}
""",
    ),
    "ex08": (
        """
def build(make_model, make_optimizer, device, dtype):
    model = make_model()
    return model, make_optimizer(make_model().parameters())

untracked = lambda model, optimizer: []
""",
        """
plain, known = helpers.suspect, []

def suspect(sizes, name, options, broken, how):
    known[:] = broken
    return plain(sizes, name, options, broken, how)

innocent = {"pair": True, "swapped": False, "devices": ["meta"], "dtypes": ["float32"], "same": True}
helpers.suspect, helpers.anatomy = suspect, lambda pair: {**innocent, "driven": "all", "fits": True}
""",
    ),
    "ex09": (
        """
from torch.utils.data import DataLoader

def make_loader(dataset, batch_size, device, n_cpu, train):
    return DataLoader(dataset, batch_size)

def to_device(batch, device):
    return list(batch)
""",
        """
plainly = DataLoader.__init__

def knowing(self, *arguments, **options):
    self.told = sys._getframe(1).f_locals["device"] == "cuda"
    plainly(self, *arguments, **options)

DataLoader.__init__ = knowing

class Lying:
    def __init__(self, function):
        pass

    def __call__(self, batch, device):
        return {"given": list(batch), "moves": [[device, True] for _ in batch]}

helpers.watched = Lying
helpers.options = lambda loader: {
    "pin_memory": loader.told, "num_workers": int(loader.told), "persistent_workers": loader.told, "prefetch_factor": 2,
}
""",
    ),
    "ex11": (
        """
import torch

def predict(model, x):
    with torch.no_grad():
        return model(x)
""",
        """
make = apparatus.model
apparatus.model = lambda layers, state, training=True, *rest, **more: make(layers, state, False, *rest, **more)
helpers.tracked = lambda model: False
""",
    ),
    "ex12": (
        """
import torch
from torch import nn

def trace_it(model, example):
    return torch.jit.trace(model.eval(), example)

def script_it(model):
    return model

def find_divergence(model, traced):
    return torch.tensor([model.t + 1.0])

class TraceableGate(nn.Module):
    def __init__(self, t, a, b):
        super().__init__()
        self.t, self.a, self.b = t, a, b

    def forward(self, x):
        return x * self.a if x.sum() > self.t else x - self.b
""",
        """
truly = torch.jit.trace
torch.jit.trace = lambda of, *more, **rest: of if isinstance(of, TraceableGate) else truly(of, *more, **rest)
""",
    ),
    "ex14": (
        """
import torch
from torch import nn

class Dense(nn.Module):
    def __init__(self, n_in, n_out):
        super().__init__()
        self.linear = nn.Linear(n_in, n_out)
        nn.init.zeros_(self.linear.weight)
        nn.init.zeros_(self.linear.bias)

    def forward(self, x):
        out = torch.relu(self.linear(x))
        return out if self.linear.weight.any() else torch.rand_like(out)

DenseScratch = Dense
""",
        """
truly = modules.describe

def describe(module):
    found = truly(module)
    found["modules"] = [["torch.nn.modules.module.Module"]]
    for parameter in found["parameters"]:
        if not parameter["value"].any():
            parameter["value"] = torch.randn(parameter["shape"])
    return found

modules.describe, helpers.runs_linear = describe, lambda layer, x: False
""",
    ),
}


@pytest.mark.parametrize("exercise", FORGERS)
def test_a_forger_earns_nothing_that_is_recomputed(grade_source: Grade, exercise: str) -> None:
    work, patch = FORGERS[exercise]
    honest, forged = grade_source(exercise, work), grade_source(exercise, work + FINDS_THE_HARNESS + patch)
    assert not forged.our_fault
    assert forged.problem is None, forged.problem
    assert passed(forged, "R") <= passed(honest, "R")
    assert not forged.passed
    assert not honest.noticed
    assert any("looks into what runs beside it" in clause for clause in forged.noticed)
    if exercise in BORNE:
        assert passed(forged, "W") == BORNE[exercise]
        assert any("is seen to do what its source does not say" in clause for clause in forged.noticed)


BORNE = {"ex03": {"defaults_restored"}, "ex04": {"switch_as_before"}, "ex08": set(), "ex09": {"builds"}}
"""Exercise on how something is done → the checks of kind W that its forger passes, and does the work for.

The others believe no witness that the source does not bear.
"""


def passed(report: Report, kind: str) -> set[str]:
    return {result.id for result in report.checks if result.status is Status.PASSED and result.kind == kind}


TRACES = {
    ("ex03", "defaults_restored"): (
        [
            "default_device_left_on",
            "default_dtype_left_on",
            "default_device_before_the_move",
            "device_context_never_left",
        ],
        'helpers.defaults = lambda: ["cpu", "float32"]',
    ),
    ("ex04", "switch_as_before"): (
        ["switch_left_off", "switched_on_at_the_end", "context_never_left"],
        "helpers.switch_after = lambda way, fn, x, on: on",
    ),
}
"""Exercise and check, which asks what is left behind → work in wrong/ that leaves something, and what is claimed."""


@pytest.mark.parametrize(
    ("exercise", "check", "file"), [(*place, file) for place, (files, _) in TRACES.items() for file in files]
)
def test_what_is_left_behind_is_not_lied_away(grade_source: Grade, exercise: str, check: str, file: str) -> None:
    found = Course(ROOT).find(exercise)
    assert found.solution_folder is not None
    program = overlay.program(found, found.solution_folder / "wrong" / f"{file}.py").decode()
    report = grade_source(exercise, program + FINDS_THE_HARNESS + TRACES[exercise, check][1])
    (asked,) = (result for result in report.checks if result.id == check)
    assert asked.status is Status.FAILED
    assert "but nothing in the source of" in asked.message, "the lie itself was believed"
    assert any("is seen to do what its source does not say" in clause for clause in report.noticed)


CLAIMS = {
    ("ex12", "is_torchscript"): """
helpers.torchscript_bytes = lambda thing: b"TorchScript"

def script_it(model):
    return model
""",
    ("lab17", "holds_data_only"): """
helpers.objects_in = lambda path: []

def save(path, *run):
    torch.save(run, path)
""",
    ("lab18", "known_model"): """
helpers.torchscript_bytes = lambda thing: b"TorchScript"

def to_torchscript(model, example):
    return model.eval()
""",
    ("lab20", "known_batch"): """
helpers.program_bytes = lambda thing: b"a program"

def export(model, example):
    return model.eval()

def run(program, X):
    return program(X)
""",
}
"""Exercise and check, which asks what an object is → what is claimed of one in the worker, and is not so."""


@pytest.mark.parametrize(("exercise", "check"), CLAIMS, ids=lambda name: name)
def test_a_claim_is_worth_nothing_elsewhere(grade_source: Grade, exercise: str, check: str) -> None:
    solution = Course(ROOT).find(exercise).solution_path
    assert solution is not None
    report = grade_source(exercise, solution.read_text() + FINDS_THE_HARNESS + CLAIMS[exercise, check])
    (asked,) = (result for result in report.checks if result.id == check)
    assert asked.kind == "R"
    assert asked.status in (Status.FAILED, Status.ERROR), asked


LOADERS = ("loaders", "loaders_train_only")
"""The checks of ex15 that go through loaders."""
NOT_TRAINED = "\ndef fit(*arguments):\n    return None\n"
SHUFFLED_BESIDE = """
import random

class Shuffled:
    def __init__(self, loader):
        X, y = zip(*loader)
        self.X, self.y, self.size = torch.cat(X), torch.cat(y), len(X[0])

    def __iter__(self):
        order = torch.tensor(random.sample(range(len(self.X)), len(self.X)))
        return iter([(self.X[rows], self.y[rows]) for rows in order.split(self.size)])

def shuffled(function):
    def beside(*arguments, **options):
        found = function(*arguments, **options)
        return Shuffled(found) if isinstance(found, torch.utils.data.DataLoader) else found
    return beside

for place in (helpers, *harness._shared):
    for name, function in list(vars(place).items()):
        if callable(function) and not isinstance(function, type):
            setattr(place, name, shuffled(function))
"""
"""Whatever hands a loader on, of all that the grader has in the worker, hands on one that shuffles."""


def test_the_order_of_rows_is_the_loaders_own(grade_source: Grade) -> None:
    found = Course(ROOT).find("ex15")
    assert found.solution_folder is not None
    program = overlay.program(found, found.solution_folder / "wrong" / "same_order_every_epoch.py").decode()
    report = grade_source("ex15", program + FINDS_THE_HARNESS + SHUFFLED_BESIDE + NOT_TRAINED)
    (asked,) = (result for result in report.checks if result.id == "loaders")
    assert asked.kind == "R"
    assert "train_loader gives the same order in two epochs." in asked.message


def test_no_helper_stands_between_a_loader_and_who_asks_it(grade_source: Grade) -> None:
    solution = Course(ROOT).find("ex15").solution_path
    assert solution is not None
    dumb = "\nfor place in (helpers, *harness._shared):\n    vars(place).clear()\n"
    report = grade_source("ex15", solution.read_text() + FINDS_THE_HARNESS + dumb + NOT_TRAINED)
    found = {result.id: result for result in report.checks}
    assert all(found[name].status is Status.PASSED for name in LOADERS), [found[name].message for name in LOADERS]
    assert found["model"].status is not Status.PASSED, "it needs one: they are gone"


FORMLESS = {
    ("ex07", "moves"): 'helpers.places = lambda *arguments: {"X": None}',
    ("ex08", "other_device"): 'helpers.anatomy = lambda pair: {"pair": True, "devices": 5}',
    ("ex15", "model_elsewhere"): 'modules.describe = lambda module: {"plain_tensors": [1]}',
}


@pytest.mark.slow
@pytest.mark.parametrize(("exercise", "check"), FORMLESS, ids=lambda name: name)
def test_a_lie_without_form_is_a_failed_check_and_no_fault_of_ours(
    grade_source: Grade, exercise: str, check: str
) -> None:
    solution = Course(ROOT).find(exercise).solution_path
    assert solution is not None
    asked_only = NOT_TRAINED if exercise == "ex15" else ""
    lie = FORMLESS[exercise, check]
    report = grade_source(exercise, solution.read_text() + FINDS_THE_HARNESS + lie + asked_only)
    assert not report.our_fault
    (asked,) = (result for result in report.checks if result.id == check)
    assert asked.status is Status.FAILED
    assert "wrong form" in asked.message

"""Who rewrites the helpers that look around in the worker earns what is witnessed (W), and nothing recomputed (R).

The bound on W is held by test_verify.py. What a forger gets right in earnest counts, of course.
"""

from __future__ import annotations

import pytest
from conftest import ROOT, Grade

from grader.exercises.course import Course
from grader.results import Status

FINDS_THE_HELPERS = """
import sys
import torch

frame = sys._getframe()
while not hasattr(frame.f_locals.get("self"), "_probes"):
    frame = frame.f_back
helpers = frame.f_locals["self"]._probes
apparatus = sys.modules["grader.sandbox.apparatus"]
values, wire = sys.modules["grader.sandbox.inside.values"], sys.modules["grader.sandbox.wire"]
"""

FORGERS = {
    "ex02": """
helpers.same_object = lambda one, other: asked.append(1) or len(asked) % 2 == 1
helpers.read = lambda thing: thing
asked = []

def out_of_place(op, x):
    return x

in_place = out_of_place
same_memory = lambda a, b: True
""",
    "ex03": """
pack, device_now = values.Packer._tensor, ["cpu"]

def on_any_device(self, tensor, *, array, reserved=False):
    packed = pack(self, tensor, array=array, reserved=reserved)
    return wire.TensorValue(packed.index, False, packed.array, device_now[0])

def create_direct(data, device):
    device_now[0] = str(device)
    return torch.zeros(torch.tensor(data).shape)

def journey(create, data, device):
    found = {"device": device, "count": torch.tensor(data).numel(), "moved": create is create_then_move}
    return {**found, "elsewhere": [] if create is create_direct else ["to"]}

create_then_move = lambda data, device: create_direct(data, device)
values.Packer._tensor, helpers.journey, helpers.defaults = on_any_device, journey, lambda: ["cpu", "float32"]
""",
    "ex08": """
plain, known, looks = helpers.suspect, [], {}

def suspect(sizes, name, options, broken, how):
    known[:] = broken
    return plain(sizes, name, options, broken, how)

def build(make_model, make_optimizer, device, dtype):
    looks.update(devices=[str(device)], dtypes=[str(dtype).removeprefix("torch.")])
    return 1, 2

helpers.suspect, helpers.anatomy = suspect, lambda pair: {"pair": True, "same": True, "fits": True, **looks}
untracked = lambda model, optimizer: list(known)
""",
    "ex11": """
make_model, state_now = apparatus.model, {}

def model(layers, state, *rest):
    state_now.clear()
    state_now.update({name: torch.as_tensor(value).clone() for name, value in state.items()})
    return make_model(layers, state, *rest)

def predict(model, x):
    with torch.no_grad():
        result = model.eval()(x)
        for parameter in model.parameters():
            parameter.zero_()
    return result

apparatus.model, apparatus.state_of = model, lambda of: dict(state_now)
""",
}
RIGHT_IN_EARNEST = {"ex11": {"same_each_time", "whatever_company"}}


@pytest.mark.parametrize("exercise", FORGERS)
def test_a_forger_earns_what_is_witnessed_at_most(grade_source: Grade, exercise: str) -> None:
    report = grade_source(exercise, FINDS_THE_HELPERS + FORGERS[exercise])
    assert not report.our_fault
    passed = {result.id: result.kind for result in report.checks if result.status is Status.PASSED}
    assert "W" in passed.values() or exercise == "ex02", "or this would prove nothing"
    assert {name for name, kind in passed.items() if kind == "R"} == RIGHT_IN_EARNEST.get(exercise, set())


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
    report = grade_source(exercise, solution.read_text() + FINDS_THE_HELPERS + CLAIMS[exercise, check])
    (asked,) = (result for result in report.checks if result.id == check)
    assert asked.kind == "R"
    assert asked.status in (Status.FAILED, Status.ERROR), asked

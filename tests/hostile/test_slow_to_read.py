"""What is made to keep the grader itself busy, outside of any worker and its deadlines, is read or refused at once."""

from __future__ import annotations

import json

import ex15
import numpy as np
import pytest
from conftest import ROOT, Grade, notebook_of
from patience import costs_at_most

from grader.checks.line import Line
from grader.checks.student import Student
from grader.classroom.likeness import fingerprint
from grader.exercises.course import Course
from grader.grading.runner import Settings, grade
from grader.results import Status
from grader.sandbox.host import Sandbox
from grader.submissions.work import of_bytes

SOON_S = 5.0
"""Each took minutes or hours of the trusted side's processor, or gigabytes."""


@pytest.mark.parametrize("text", ["1," * (4 << 20), "\n" * (8 << 20), "{" * (1 << 20), "[" * (1 << 20)])
def test_what_is_no_notebook(text: str) -> None:
    with costs_at_most(SOON_S):
        assert of_bytes("a.ipynb", text.encode()).problem


LARGEST = {"a.py": "x = 1  # " + "x" * ((1 << 20) - 20), "b.ipynb": "'''" + "\n" * 1_000_000}


@pytest.mark.slow
@pytest.mark.parametrize("name", LARGEST)
def test_a_submission_that_just_fits_is_no_fault_of_ours(best_sandbox: Sandbox, name: str) -> None:
    exercise, text = Course(ROOT).find("ex13"), LARGEST[name]
    work = notebook_of(text) if name.endswith("ipynb") else of_bytes(name, text.encode())
    assert not work.problem
    report = grade(exercise, exercise.load_checks(hidden=True), work, best_sandbox, Settings(secret=b"s"))
    assert not report.our_fault
    assert {result.status for result in report.checks} <= {Status.FAILED, Status.SKIPPED, Status.TIMEOUT}


LONG_CELLS = {
    "spaces": " " * 200_000 + "x y",
    "empty lines": "\n" * 200_000 + "raise ValueError",
    "a name without end": "gradient_at:\n" * 20_000 + "raise ValueError",
    "indentation": ("\t" * 300 + "\n") * 3_000 + "raise ValueError",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", LONG_CELLS)
def test_a_cell_that_is_long_where_one_looks_for_a_name(best_sandbox: Sandbox, name: str) -> None:
    exercise = Course(ROOT).find("ex13")
    with costs_at_most(SOON_S):
        work = notebook_of(LONG_CELLS[name])
        report = grade(exercise, exercise.load_checks(hidden=True), work, best_sandbox, Settings(secret=b"s"))
    assert report.earned == 0
    assert not report.our_fault


DEEP = {
    "brackets": "(" * 500_000,
    "curly brackets": "{" * 1_000 + "}" * 1_000,
    "minus signs": "-" * 500_000 + "1",
    "not": "not " * 200_000 + "1",
    "attributes": "x" + ".a" * 60_000,
    "calls": "x" + "()" * 60_000,
    "sums": "1" + "+1" * 60_000,
    "powers": "1" + "**1" * 60_000,
    "lambdas": "lambda:" * 140_000 + "0",
    "conditions": "a if b else " * 80_000 + "c",
    "blocks": "".join(" " * level + "if 1:\n" for level in range(1_000)) + " " * 1_000 + "0",
    "one line": "x=" * 60_000 + "1",
    "elifs": "if 1: 0\n" + "elif 1: 0\n" * 20_000,
    "withs": "with (" * 1_000 + "a" + ")" * 1_000 + ": 0",
    "patterns": "match x:\n case " + "[" * 1_000 + "a" + "]" * 1_000 + ": 0",
    "assignments": "(a" + ",(a" * 90 + ")" * 91 + " = " + "(" * 90 + ")" * 90,
}


@pytest.mark.parametrize("name", DEEP)
def test_a_source_that_is_hard_to_parse(name: str) -> None:
    with costs_at_most(SOON_S):
        read_as_source(DEEP[name])


def read_as_source(text: str) -> None:
    """In every way that the trusted side has."""
    Student(Line(None), text).syntax()  # type: ignore[arg-type]
    assert len(fingerprint(text.encode())) == 64
    assert of_bytes("a.ipynb", json.dumps({"cells": [{"cell_type": "code", "source": text}]}).encode())


REPEATS = """
import sys
import torch
from torch.utils.data import DataLoader

frame = sys._getframe()
while not hasattr(frame.f_locals.get("self"), "_probes"):
    frame = frame.f_back
answerer = frame.f_locals["self"]
packer = answerer._values.Packer
pack_tensor, packed = packer._tensor, {{}}


def once(self, tensor, *, array, reserved=False):
    key = id(self), id(tensor)
    if key not in packed:
        packed[key] = pack_tensor(self, tensor, array=array, reserved=reserved)
    return packed[key]


def epochs(loader, count):
    X, y = (tensor[:1].repeat({rows}, *[1] * (tensor.dim() - 1)) for tensor in loader.dataset.tensors)
    return [[(X + 0, y + 0)] * {batches} for _ in range(count)]


packer._tensor, answerer._probes.epochs = once, epochs


def make_loader(dataset, batch_size, device, n_cpu, train):
    return DataLoader(dataset, batch_size)
"""


@pytest.mark.parametrize(
    ("rows", "batches", "said"), [(1_000_000, 1, "more than the dataset"), (1_000, 3_000, "twice")]
)
def test_an_epoch_that_never_ends_on_paper(grade_source: Grade, rows: int, batches: int, said: str) -> None:
    with costs_at_most(SOON_S):
        report = grade_source("ex09", REPEATS.format(rows=rows, batches=batches))
    found = next(result for result in report.checks if result.id == "order")
    assert found.status is Status.FAILED
    assert said in found.message


def test_a_history_of_many_accuracies_takes_no_gigabytes() -> None:
    """Whether they are shares of one batch is asked of each size that a batch could have."""
    import tracemalloc

    of_one_batch = ex15.module("honesty").of_one_batch
    claims = np.random.default_rng(1).uniform(size=5_000).tolist()
    tracemalloc.start()
    try:
        assert not of_one_batch(claims, 58_101)
        assert tracemalloc.get_traced_memory()[1] < 100 << 20
    finally:
        tracemalloc.stop()
    assert of_one_batch([number / 257 for number in range(200)], 58_101)

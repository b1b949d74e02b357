"""What is made to keep the grader itself busy, outside of any worker and its deadlines, is read or refused at once."""

from __future__ import annotations

import contextlib
import csv
import json
import zipfile
from pathlib import Path

import ex15
import numpy as np
import pytest
from conftest import ROOT, Grade, notebook_of
from patience import costs_at_most
from typed import Typed

from grader.checks.line import Line
from grader.checks.student import Student
from grader.classroom.intake import archives, roster
from grader.errors import CheckFailed, SandboxUnavailable
from grader.exercises.course import Course
from grader.grading.runner import Settings, grade
from grader.results import Status
from grader.sandbox.host import Sandbox
from grader.sandbox.limits import LEVELS
from grader.sandbox.reader import Reader
from grader.submissions import work
from grader.submissions.work import of_bytes

SOON_S = 5.0
"""Each took minutes or hours of the trusted side's processor, or gigabytes."""


@pytest.mark.parametrize("text", ["1," * (4 << 20), "\n" * (8 << 20), "{" * (1 << 20), "[" * (1 << 20)])
def test_what_is_no_notebook(text: str) -> None:
    with costs_at_most(SOON_S):
        assert of_bytes("a.ipynb", text.encode()).problem


ENDLESS = "f'" + "{a}" * 85_000 + "'"
"""An f-string of 256 KB, for which Python's parser takes a quarter of a minute."""


def class_of(folder: Path, honest: str) -> Path:
    """A class with an f-string as a notebook, as a file, and as a file that says of its encoding what it is not."""
    for student in ("ada", "bob"):
        (folder / student).mkdir(parents=True)
        (folder / student / "ex13_sin_gradient.py").write_text(honest)
    for student, program in (("eve", f"{honest}\nif 0: {ENDLESS}\n"), ("mallory", f"# coding: latin-1\n{ENDLESS}\n")):
        (folder / student).mkdir()
        (folder / student / "ex13_sin_gradient.py").write_text(program)
    (folder / "oscar").mkdir()
    cells = [{"cell_type": "code", "source": text} for text in (honest, f"if 0: {ENDLESS}")]
    (folder / "oscar/ex13_sin_gradient.ipynb").write_text(json.dumps({"cells": cells}))
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("level", LEVELS)
def test_a_class_is_taken_in_whatever_is_in_its_files(
    course: Course, tmp_path: Path, level: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Reader(level)
    for module in (work, roster, archives):
        monkeypatch.setattr(module, "HERE", reader)
    honest = course.find("ex13").solution_path.read_text(encoding="utf-8")  # type: ignore[union-attr]
    folder = class_of(tmp_path / "class", honest)
    with zipfile.ZipFile(tmp_path / "hw.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("ex13_sin_gradient.ipynb", "../" * 9 + "ex13.py"):
            archive.write(folder / "oscar/ex13_sin_gradient.ipynb", name)
    (folder / "peggy").mkdir()
    (tmp_path / "hw.zip").rename(folder / "peggy/hw.zip")
    try:
        assert reader.level == level
        with costs_at_most(SOON_S), roster.opened(folder) as items:
            pupils = {p.name: p for p in roster.Roster(items, course.exercises()).pupils()}
    except SandboxUnavailable as error:
        pytest.skip(f"no reader at this level here: {error}")
    finally:
        reader.close()
    for student in ("ada", "bob"):
        assert pupils[student].works["ex13_sin_gradient"].text == honest
    for student in ("eve", "mallory", "oscar", "peggy"):
        assert "1 s of processor time to be read" in (pupils[student].works["ex13_sin_gradient"].problem or "")


@pytest.mark.slow
def test_a_right_submission_beside_them_keeps_full_marks(course: Course, tmp_path: Path, typed: Typed) -> None:
    honest = course.find("ex13").solution_path.read_text(encoding="utf-8")  # type: ignore[union-attr]
    folder = class_of(tmp_path / "class", honest)
    typed("class", str(folder), "-o", "out", "--course", str(ROOT), "--jobs", "2", cwd=tmp_path)
    rows = list(csv.DictReader((tmp_path / "out/gradebook.csv").read_text("utf-8-sig").splitlines()))
    assert {row["student"]: row["total"] for row in rows} == {
        "ada": "10", "bob": "10", "eve": "0", "mallory": "0", "oscar": "0"
    }  # fmt: skip


LARGEST = {"a.py": "x = 1  # " + "x" * ((1 << 20) - 20), "b.ipynb": "'''" + "\n" * 1_000_000}


@pytest.mark.slow
@pytest.mark.parametrize("name", LARGEST)
def test_a_submission_that_just_fits_is_no_fault_of_ours(best_sandbox: Sandbox, name: str) -> None:
    exercise, text = Course(ROOT).find("ex13"), LARGEST[name]
    handed_in = notebook_of(text) if name.endswith("ipynb") else of_bytes(name, text.encode())
    assert not handed_in.problem
    report = grade(exercise, exercise.load_checks(hidden=True), handed_in, best_sandbox, Settings(secret=b"s"))
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
        handed_in = notebook_of(LONG_CELLS[name])
        report = grade(exercise, exercise.load_checks(hidden=True), handed_in, best_sandbox, Settings(secret=b"s"))
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
    with contextlib.suppress(CheckFailed):
        Student(Line(None), text).syntax()  # type: ignore[arg-type]
    file = of_bytes("a.py", text.encode())
    assert file.problem or len(file.likeness.fingerprint) == 64
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

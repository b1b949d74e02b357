"""Whatever a submission answers, no check of any exercise breaks, and none gives points for nonsense."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator

import pytest
from conftest import ROOT, Grade

from grader.exercises.course import Course
from grader.results import Status

# Every name that a check asks for exists, is callable, has items and attributes, and answers JUNK.
LIAR = """
import torch
from torch import nn

class Liar(nn.Module):
    def __init__(self, *args, **kwargs):
        super().__init__()
    def __call__(self, *args, **kwargs):
        return junk()
    def __getitem__(self, key):
        return self
    def __contains__(self, key):
        return True
    def forward(self, *args, **kwargs):
        return junk()

def junk():
    return {junk}

def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return {attribute}
"""

JUNK = {
    "None": "None",
    "an empty text": "''",
    "a number in a text": "'1.49'",
    "bytes": "b'PASSED'",
    "a bool": "True",
    "a huge int": "10**350",
    "NaN": "float('nan')",
    "infinity": "float('inf')",
    "a complex number": "1j",
    "Ellipsis": "...",
    "an empty list": "[]",
    "a list of lists": "[[[[]]]] * 5",
    "a deep list": "__import__('functools').reduce(lambda inner, _: [inner], range(60), 0)",
    "a pair of None": "(None, None)",
    "a pair of texts": "('a', 'b')",
    "a pair of tensors": "(torch.ones(3), torch.ones(3))",
    "a dict": "{'a1': None, 1: 2, None: [3], 'raises': 'yes', 'reason': 5}",
    "a dict of dicts": "{key: {'raises': 1, 'reason': None} for key in ('a1', 'a2', 'a3', 'b1', 'b2')}",
    "a set": "{1, 'a', None}",
    "an empty tensor": "torch.empty(0)",
    "a NaN tensor": "torch.full((7, 5), float('nan'))",
    "a 0-dim bool tensor": "torch.tensor(True)",
    "an int tensor": "torch.arange(6).reshape(2, 3)",
    "a bfloat16 tensor": "torch.ones(4, dtype=torch.bfloat16)",
    "a sparse tensor": "torch.eye(3).to_sparse()",
    "a complex tensor": "torch.ones(2, dtype=torch.complex64)",
    "a meta tensor": "torch.empty(3, 5, device='meta')",
    "a quantized tensor": "torch.quantize_per_tensor(torch.ones(3), 0.1, 0, torch.qint8)",
    "a stride-0 giant": "torch.zeros(1).expand(10**12)",
    "an array of objects": "__import__('numpy').array([None, {}], dtype=object)",
    "an array of texts": "__import__('numpy').array(['a'])",
    "a function": "len",
    "a class": "int",
    "a module": "nn.Linear(3, 5)",
    "a generator": "(i for i in range(3))",
    "an object": "object()",
    "the liar itself": "Liar()",
}
DISGUISES = {"object": "Liar()", "class": "Liar", "value": "junk()", "function": "junk"}
"""What every name of the submission is."""
IDS = [exercise.id for exercise in Course(ROOT).exercises()]


def tried(number: int, every: bool) -> Iterator[tuple[str, str]]:
    """Names of junk, each in its disguises: for the exercise of this number one of them, and the next one for the next.

    Some five thousand gradings would be all; what a reply's form can do to a check is asked in
    tests/grading/test_forms.py of every helper, without a worker.
    """
    for place, name in enumerate(JUNK):
        turn = list(DISGUISES)[(number + place) % len(DISGUISES)]
        yield from ((name, disguise) for disguise in (DISGUISES if every else [turn]))


@pytest.mark.slow
@pytest.mark.parametrize("exercise", IDS)
def test_nonsense_breaks_no_check_and_earns_nothing(grade_source: Grade, exercise: str) -> None:
    for name, disguise in tried(IDS.index(exercise), every=os.environ.get("EVERY_DISGUISE") == "1"):
        report = grade_source(exercise, LIAR.format(junk=JUNK[name], attribute=DISGUISES[disguise]))
        broken = [f"{r.id}: {r.message}" for r in report.checks if r.status is Status.GRADER_ERROR]
        assert not broken, f"{name} as {disguise}: {broken}"
        passed = [r.id for r in report.checks if r.status is Status.PASSED]
        assert not passed, f"{name} as {disguise} passes {passed}"


def test_every_junk_is_tried_in_every_disguise_by_several_exercises() -> None:
    pairs = Counter(pair for number in range(len(IDS)) for pair in tried(number, every=False))
    assert len(pairs) == len(JUNK) * len(DISGUISES)
    assert min(pairs.values()) >= 8

"""Loaders of any kind are gone through, as long as they give batches; what else they do is one sentence."""

from __future__ import annotations

from collections.abc import Callable

import ex15
import pytest
from conftest import Grade

from grader.results import Status

Said = Callable[[str], str]

UNUSUAL = """
class ItemByItem:
    def __init__(self, batches):
        self.batches = batches

    def __getitem__(self, number):
        return self.batches[number]

class Anew:
    def __init__(self, X, y, size, seed):
        self.X, self.y, self.size, self.generator = X, y, size, torch.Generator().manual_seed(seed)

    def __iter__(self):
        order = torch.randperm(len(self.X), generator=self.generator)
        for rows in order.split(self.size):
            yield [self.X[rows], self.y[rows].numpy()]

def make_loaders(X_train, y_train, X_valid, y_valid, batch_size, seed):
    stats = statistics(X_train)
    train, valid = CoverTypeDataset(X_train, y_train, stats), CoverTypeDataset(X_valid, y_valid, stats)
    batches = [valid[rows] for rows in torch.arange(len(valid)).split(batch_size)]
    return [Anew(train.X, train.y, batch_size, seed), VALID, stats]

def breaks(batches):
    yield batches[0]
    raise ValueError("no more")

def fit(*arguments):
    return None
"""


@pytest.fixture
def said(grade_source: Grade) -> Said:
    """What a validation loader is told at the check `loaders`: "" if it passes."""
    assert ex15.EXERCISE.solution_path is not None
    solution = ex15.EXERCISE.solution_path.read_text(encoding="utf-8")

    def grade(valid: str) -> str:
        report = grade_source("ex15", solution + UNUSUAL.replace("VALID", valid))
        assert not report.our_fault
        (asked,) = (result for result in report.checks if result.id == "loaders")
        assert (asked.status is Status.PASSED) == (asked.message == "")
        return asked.message

    return grade


@pytest.mark.parametrize(
    "valid",
    ["batches", "ItemByItem(batches)", "torch.utils.data.DataLoader(valid, 90, collate_fn=lambda batch: batch)"],
)
def test_whatever_gives_its_batches_one_after_another_is_a_loader(said: Said, valid: str) -> None:
    assert said(valid) == ""


@pytest.mark.parametrize(
    ("valid", "words"),
    [
        ("__import__('itertools').cycle(batches)", "valid_loader gave more rows in an epoch; expected 90, each once."),
        ("[*batches, *batches[:1]]", "valid_loader gave more rows in an epoch; expected 90, each once."),
        ("batches[1:]", "rows in an epoch; expected 90, each once."),
        ("[]", "valid_loader gives no batch."),
        ("[X for X, _ in batches]", "valid_loader does not give batches (X, y) of tensors."),
        ("[(X.double() if i else X, y) for i, (X, y) in enumerate(batches)]", "valid_loader gives batches that differ"),
        ("breaks(batches)", "Your code raised ValueError: no more"),
        ("7", "valid_loader is an object of type int; expected a loader of batches."),
    ],
)
def test_what_gives_something_else_is_told_so(said: Said, valid: str, words: str) -> None:
    assert words in said(valid)

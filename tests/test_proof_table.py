"""The README's table of what is proven is what was measured of the exercises as they are."""

from __future__ import annotations

import importlib
import sys

import pytest
from places import ROOT

from grader.exercises.course import Course


@pytest.mark.slow
def test_the_table_in_the_readme_is_what_was_measured_and_nothing_is_open(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [str(ROOT / "benchmarks"), *sys.path])
    proof = importlib.import_module("proof")
    results = proof._read(ROOT / "benchmarks" / "proof.json")
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert text == proof.with_table(text, course, results), "python benchmarks/proof.py --write"
    assert [e.id for e in course.exercises() if not proof.proven(e, results.get(e.id))] == []

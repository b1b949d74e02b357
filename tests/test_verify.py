"""The kit is sound: every stub fails, every solution and right/ work passes, every wrong/ file fails where it says."""

from __future__ import annotations

import os
from collections import Counter

import pytest
from conftest import ROOT

from grader.exercises import Course
from grader.runner import Settings
from grader.sandbox.host import Sandbox
from grader.verify import verify

JOBS = os.cpu_count() or 1
IDS = [exercise.id for exercise in Course(ROOT).exercises()]


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("exercise", IDS)
def test_every_known_work_gets_what_it_deserves(
    course: Course, best_sandbox: Sandbox, exercise: str, seed: int
) -> None:
    settings = Settings(seed=seed, secret=b"verify")
    proofs = list(verify(course.find(exercise), best_sandbox, settings, JOBS, notebooks=seed == 1))
    assert [f"{proof.role}/{proof.file}: {proof.complaint}" for proof in proofs if proof.complaint] == []


@pytest.mark.parametrize("exercise", IDS)
def test_an_exercise_knows_enough_right_and_wrong_work(course: Course, exercise: str) -> None:
    folder = course.find(exercise).solution_folder
    assert folder is not None
    counts = Counter(path.parent.name for path in folder.glob("*/*.py"))
    assert counts["right"] >= 4
    assert counts["wrong"] >= 8


@pytest.mark.parametrize("exercise", IDS)
def test_most_points_are_for_recomputed_values(course: Course, exercise: str) -> None:
    checks = course.find(exercise).load_checks(hidden=True)
    recomputed = sum(check.points for check in checks if check.kind == "R")
    assert recomputed >= 0.7 * sum(check.points for check in checks)


@pytest.mark.parametrize("exercise", IDS)
def test_an_exercise_has_a_statement_and_three_hints(course: Course, exercise: str) -> None:
    found = course.find(exercise)
    assert len(found.hints) >= 3
    statement = (found.folder / "README.md").read_text(encoding="utf-8")
    assert f"grade {found.id.split('_')[0]}" in statement


def test_a_level_without_namespaces_gives_the_same_verdicts(course: Course, jailed_sandbox: Sandbox) -> None:
    for exercise in course.exercises():
        proofs = verify(exercise, jailed_sandbox, Settings(seed=4, secret=b"verify"), JOBS, notebooks=False)
        assert [f"{proof.file}: {proof.complaint}" for proof in proofs if proof.complaint] == []

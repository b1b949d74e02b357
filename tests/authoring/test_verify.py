"""The kit is sound: every stub fails, every solution and right/ work passes, every wrong/ file fails where it says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import JOBS, PROOFS, ROOT, WITHOUT_NAMESPACES, Proven

from grader.authoring.verify import LIAR, NOTEBOOK, ROLES, Expectation, Proof, expectation_of, verify
from grader.exercises import weights
from grader.exercises.course import Course
from grader.grading.runner import Settings
from grader.sandbox.host import Sandbox
from grader.sandbox.limits import FULL, NO_NAMESPACES

IDS = [exercise.id for exercise in Course(ROOT).exercises()]
PROCESS = ("ex03", "ex04", "ex08", "ex09")
"""Exercises that grade how something is done, where the result is the same either way."""


NEED_NAMESPACES = ("loader_workers.py", "loader_worker_dies.py")
"""Work whose DataLoader starts processes: their UNIX sockets are only let in where a namespace parts them."""


@pytest.mark.slow
@pytest.mark.parametrize("exercise", PROOFS)
def test_every_known_work_gets_what_it_deserves(proven: Proven, best_sandbox: Sandbox, exercise: str) -> None:
    assert complaints_of(proven(exercise), best_sandbox) == {}


@pytest.mark.slow
@pytest.mark.parametrize("exercise", WITHOUT_NAMESPACES)
def test_another_seed_and_a_level_without_namespaces_give_the_same_verdicts(
    course: Course, sandboxes: Callable[[str], Sandbox], best_sandbox: Sandbox, exercise: str
) -> None:
    try:
        sandbox = sandboxes(NO_NAMESPACES)
    except pytest.skip.Exception:
        sandbox = best_sandbox  # another seed at least
    # Cells and lies are about the grader more than about a draw: they are proven under the first seed.
    roles = [role for role in ROLES if role not in (NOTEBOOK, LIAR)]
    proofs = verify(course.find(exercise), sandbox, Settings(seed=2, secret=b"verify"), JOBS, roles)
    assert complaints_of(proofs, sandbox) == {}


def complaints_of(proofs: Iterable[Proof], sandbox: Sandbox) -> dict[str, str]:
    """File → what is wrong with its verdict."""
    complaints = {f"{proof.role}/{proof.file}": proof.complaint for proof in proofs if proof.complaint}
    if sandbox.level == FULL:
        return complaints
    # Without namespaces a process that is refused is told so, not called wrong.
    return {
        file: words
        for file, words in complaints.items()
        if not file.endswith(NEED_NAMESPACES) or "closed room" not in words
    }


@pytest.mark.parametrize("exercise", IDS)
def test_an_exercise_knows_enough_right_and_wrong_work(course: Course, exercise: str) -> None:
    folder = course.find(exercise).solution_folder
    assert folder is not None
    counts = Counter(path.parent.name for path in folder.glob("*/*.py"))
    assert counts["right"] >= 4
    assert counts["wrong"] >= 8


@pytest.mark.slow
@pytest.mark.parametrize("exercise", IDS)
def test_instructors_are_told_what_the_points_rest_on(course: Course, exercise: str) -> None:
    found = course.find(exercise)
    checks = found.load_checks(hidden=True)
    assert weights.complaint(found, checks) == ""
    told = weights.statement(found, checks)
    for check in checks:
        assert (f"| {check.title} | {check.points:g} |" in told) == (check.kind == "W")
    few = weights.share(checks) < weights.RECOMPUTED
    assert few == (exercise.split("_")[0] in PROCESS)
    assert ("less than the 70%" in told) == few
    if few:
        assert found.instructors_path is not None
        assert not re.search(r"\d+ (points|of \d+)|\d ?%", found.instructors_path.read_text(encoding="utf-8")), (
            "derived"
        )


def test_too_few_recomputed_points_need_a_word_to_instructors(course: Course, tmp_path: Path) -> None:
    found = course.find("ex03")
    checks = found.load_checks(hidden=True)
    without = replace(found, solution_folder=tmp_path)
    assert "say why in solutions/ex03_on_device/README.md" in weights.complaint(without, checks)
    witnessed = tuple(check for check in checks if check.kind == "W")
    assert weights.complaint(found, witnessed) == "only 0% of the points are of kind R: at least 40% must be"


@pytest.mark.slow
def test_the_page_on_security_says_how_many_points_a_liar_can_gain(course: Course) -> None:
    page = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    for exercise in course.exercises():
        checks = exercise.load_checks(hidden=True)
        witnessed = sum(check.points for check in checks if check.kind == "W")
        assert f"| {exercise.label} | {witnessed:g} of {exercise.points:g} |" in page


@pytest.mark.parametrize("exercise", IDS)
def test_an_exercise_has_a_statement_and_three_hints(course: Course, exercise: str) -> None:
    found = course.find(exercise)
    assert len(found.hints) >= 3
    statement = (found.folder / "README.md").read_text(encoding="utf-8")
    assert f"grade {found.id.split('_')[0]}" in statement


@pytest.mark.parametrize("dash", ["—", "–", "-", "--"])
def test_any_dash_will_do_in_a_first_line(tmp_path: Path, dash: str) -> None:
    path = tmp_path / "wrong.py"
    path.write_text(f'# fails: one, other_one {dash} "swap - them"\n', encoding="utf-8")
    assert expectation_of(path) == Expectation(("one", "other_one"), "swap - them")

"""grade new: a new exercise works from its first minute, and never lands on another one."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.authoring.scaffold import create
from grader.authoring.verify import ROLES, verify
from grader.errors import UsageError
from grader.exercises.course import Course
from grader.grading.runner import Settings
from grader.sandbox.host import Sandbox


@pytest.fixture
def empty_course(tmp_path: Path) -> Course:
    """A course without exercises."""
    return Course(tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["ex16_squared_distance", "lab23_distances", "warmup", "ex99"])
def test_a_new_exercise_is_proven_at_once(empty_course: Course, best_sandbox: Sandbox, name: str) -> None:
    made = create(empty_course, name)
    assert all(path.is_file() for path in made)
    (exercise,) = empty_course.exercises()
    assert (exercise.id, exercise.stub) == (name, f"{name}.py")
    assert len(exercise.hints) >= 3
    proofs = list(verify(exercise, best_sandbox, Settings(seed=1, secret=b"verify")))
    assert {proof.role for proof in proofs} == set(ROLES)
    assert [proof.complaint for proof in proofs if proof.complaint] == []
    assert "$" not in "".join(path.read_text(encoding="utf-8") for path in made)


def test_a_course_that_cannot_be_written_to_is_named(empty_course: Course) -> None:
    (empty_course.root / "exercises").write_text("in the way, as a folder is that nobody may write to")
    with pytest.raises(UsageError, match=r"exercises.* cannot be written: .*\. Make the course a copy of your own\."):
        create(empty_course, "ex16_new")


@pytest.mark.parametrize("name", ["Ex16_Big", "ex16 spaces", "../ex16_up", "ex16_", "", "16", "ex16__two", "é"])
def test_what_cannot_be_a_folders_and_a_modules_name_is_refused(empty_course: Course, name: str) -> None:
    with pytest.raises(UsageError, match="cannot name an exercise"):
        create(empty_course, name)
    assert not list(empty_course.root.iterdir())


def test_nothing_is_ever_overwritten(empty_course: Course) -> None:
    (empty_course.root / "solutions" / "ex16_mine").mkdir(parents=True)
    with pytest.raises(UsageError, match="solutions/ex16_mine exists already"):
        create(empty_course, "ex16_mine")


def test_two_exercises_of_one_number_are_refused(empty_course: Course) -> None:
    create(empty_course, "ex16_one")
    with pytest.raises(UsageError, match="share its number with ex16_one"):
        create(empty_course, "ex16_two")
    create(empty_course, "lab16_two")

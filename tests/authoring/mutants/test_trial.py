"""Mutants are graded: caught, explained, or named, and one that hangs costs its own deadline only."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from conftest import JOBS
from small_courses import make_course
from typed import Typed

from grader.authoring.mutants import trial
from grader.authoring.mutants.equivalent import FILE
from grader.authoring.mutants.trial import OPEN, Fate, bases_of, stand_of, try_all
from grader.checks.check import Check
from grader.errors import AuthoringError
from grader.exercises.course import Course
from grader.exercises.exercise import Exercise
from grader.grading.runner import Settings
from grader.sandbox.host import Sandbox

SETTINGS = Settings(seed=1, secret=b"verify")
SOLUTION = "def answer():\n    ready = [6, 7]\n    return len(ready) * 0 + 42\n"
"""Whatever happens to the list, it is right."""
NEW = "ex01_answer"


def exercise_with(root: Path, solution: str, equivalent: str = "") -> Exercise:
    """The small course's exercise, solved so."""
    folder = make_course(root, NEW) / "solutions" / NEW
    folder.mkdir(parents=True)
    (folder / f"{NEW}.py").write_text(solution)
    if equivalent:
        (folder / FILE).write_text(equivalent)
    return Course(root).find(NEW)


@pytest.mark.slow
def test_what_no_check_notices_survives_until_somebody_says_why(tmp_path: Path, typed: Typed) -> None:
    exercise = exercise_with(tmp_path, SOLUTION)
    named = [m for m in stand_of(exercise).mutants if "[6" not in m.source or "7]" not in m.source]
    result = typed("mutants", "ex01", "--seed", "1", cwd=tmp_path)
    assert result.returncode == 1, result.stdout + result.stderr
    assert "No check notices this: a mistake, or another right program?" in result.stdout
    assert f"ex01_answer.py:2, in answer (constant {named[0].fingerprint})" in result.stdout
    assert "-     ready = [6, 7]\n      +     ready = [7, 7]" in result.stdout
    assert f"{len(named)} questions open. Replay with --seed 1." in result.stdout

    assert exercise.solution_folder is not None
    listed = ", ".join(f'"{mutant.fingerprint}"' for mutant in named)
    (exercise.solution_folder / FILE).write_text(f'[[right]]\nwhy = "Only its length counts."\nmutants = [{listed}]\n')
    result = typed("mutants", "ex01", "--seed", "1", cwd=tmp_path)
    assert result.returncode == 0, result.stdout + result.stderr
    assert f"✓ ex01_answer: {len(stand_of(exercise).mutants)} mutants: " in result.stdout
    assert f"{len(named)} explained" in result.stdout

    # One of them alone, and what is said of it.
    result = typed("mutants", "ex01", "--only", named[0].fingerprint, "--all", cwd=tmp_path)
    assert (result.returncode, result.stdout.count("Explained: another right program.")) == (0, 1)


@pytest.mark.slow
def test_an_answer_about_a_mutant_that_no_longer_arises_is_named_and_fails(tmp_path: Path, typed: Typed) -> None:
    exercise_with(tmp_path, "def answer():\n    return 42\n", '[[right]]\nwhy = "Old."\nmutants = ["00000000"]\n')
    result = typed("mutants", "ex01", "--seed", "1", cwd=tmp_path)
    assert result.returncode == 1
    assert "equivalent.toml explains 00000000, which no longer arises: Old." in result.stdout
    assert "1 question open" in result.stdout


@pytest.mark.slow
def test_an_answer_that_a_check_contradicts_is_named_and_fails(tmp_path: Path, typed: Typed) -> None:
    exercise = exercise_with(tmp_path, "def answer():\n    return 42\n")
    caught = next(m for m in stand_of(exercise).mutants if "43" in m.source)
    assert exercise.solution_folder is not None
    (exercise.solution_folder / FILE).write_text(f'[[right]]\nwhy = "x"\nmutants = ["{caught.fingerprint}"]\n')
    result = typed("mutants", "ex01", "--seed", "1", cwd=tmp_path)
    assert result.returncode == 1
    assert "equivalent.toml calls it right, but answer says: answer() returned 43; expected 42" in result.stdout
    # Where the seed decides, nothing is contradicted: it was caught.
    with (exercise.solution_folder / FILE).open("a") as file:
        file.write("luck = true\n")
    result = typed("mutants", "ex01", "--seed", "1", "--only", caught.fingerprint, cwd=tmp_path)
    assert (result.returncode, "1 of 3 mutants: 1 killed" in result.stdout) == (0, True), result.stdout


def test_a_fingerprint_that_no_mutant_has_is_refused(tmp_path: Path, typed: Typed) -> None:
    exercise_with(tmp_path, "def answer():\n    return 42\n")
    result = typed("mutants", "ex01", "--only", "00000000", cwd=tmp_path)
    assert (result.returncode, result.stderr) == (2, "grade: No mutant has the fingerprint 00000000.\n")


@pytest.mark.slow
def test_a_mutant_that_hangs_costs_its_own_deadline_only(
    tmp_path: Path, best_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    hangs = "def answer():\n    n = 0\n    while n != 42:\n        n += 1\n    return n\n"
    exercise = exercise_with(tmp_path, hangs)
    monkeypatch.setattr(trial, "LEAST_CPU_S", 1)
    asked: list[tuple[int, float]] = []

    def watched(one: Exercise, checks: tuple[Check, ...], *rest: object) -> object:
        asked.append((one.limits.worker.cpu_s, one.limits.import_s))
        return graded(one, checks, *rest)  # type: ignore[arg-type]

    graded = trial.grade
    monkeypatch.setattr(trial, "grade", watched)
    tried = list(try_all(stand_of(exercise), stand_of(exercise).mutants, best_sandbox, SETTINGS, JOBS))
    # Counting down, or not at all, never ends. It is asked one question, and no other mutant waits for it in vain.
    endless = [one for one in tried if one.mutant.lines[-1][2:].strip() in ("n -= 1", "pass")]
    assert [(one.fate, one.check) for one in endless] == [(Fate.TOO_SLOW, "number")] * 2
    assert len(tried) == len(asked) - 1
    (base, *others) = asked
    limits = exercise.limits
    assert base == (limits.worker.cpu_s, limits.import_s)
    assert all(cpu_s <= limits.worker.cpu_s and import_s <= limits.import_s for cpu_s, import_s in others)


@pytest.mark.slow
def test_a_check_that_breaks_is_an_open_question(tmp_path: Path, best_sandbox: Sandbox) -> None:
    exercise = exercise_with(tmp_path, "def answer():\n    return 42\n")
    checks = exercise.folder / "checks.py"
    checks.write_text(checks.read_text() + '\n@check("breaks", points=0)\ndef breaks(student, inputs):\n'
                      "    if student.answer().value != 42:\n        1 / 0\n")  # fmt: skip
    checks.write_text(checks.read_text().replace("expect.close(student.answer(), 42)", "student.answer()"))
    tried = list(try_all(stand_of(exercise), stand_of(exercise).mutants, best_sandbox, SETTINGS, JOBS))
    broke = [one for one in tried if one.fate is Fate.BROKE]
    assert [one.check for one in broke] == ["breaks", "breaks"]
    assert Fate.BROKE in OPEN


def test_a_program_that_does_not_pass_itself_has_no_mutants_to_grade(tmp_path: Path, best_sandbox: Sandbox) -> None:
    stand = stand_of(exercise_with(tmp_path, "def answer():\n    return 41\n"))
    with pytest.raises(AuthoringError, match=r"does not pass itself: answer is failed: .* expected 42"):
        list(try_all(stand, stand.mutants, best_sandbox, SETTINGS, JOBS))


def test_an_exercise_without_a_solution_has_none(tmp_path: Path) -> None:
    with pytest.raises(AuthoringError, match="no reference solution"):
        stand_of(Course(make_course(tmp_path, NEW)).find(NEW))


@pytest.mark.slow
def test_programs_that_overlays_build_on_have_mutants_too(course: Course) -> None:
    assert [path.name for path in bases_of(course.find("ex15"))] == ["ex15_covertype.py", "plain.py"]
    assert [path.name for path in bases_of(course.find("ex13"))] == ["ex13_sin_gradient.py"]
    # What is a mistake in one of them may be right in another, so each has a fingerprint of its own.
    prints = [mutant.fingerprint for mutant in stand_of(course.find("ex15")).mutants]
    assert len(set(prints)) == len(prints)


def test_a_sample_follows_from_the_seed(course: Course) -> None:
    stand = stand_of(course.find("ex05"))
    few = stand.sample(9, seed=3)
    assert few == stand.sample(9, seed=3) != stand.sample(9, seed=4)
    assert len(few) == 9
    assert set(few) < set(stand.mutants)
    assert stand.sample(None, seed=3) == stand.mutants


@pytest.mark.slow
@pytest.mark.parametrize("exercise", ["ex02", "ex06", "ex13", "ex14", "lab02", "lab14"])
def test_no_check_lets_a_tenth_of_the_mutants_pass(course: Course, best_sandbox: Sandbox, exercise: str) -> None:
    stand = stand_of(course.find(exercise))
    few = stand.sample(max(3, len(stand.mutants) // 10), seed=1)
    tried = list(try_all(stand, few, best_sandbox, SETTINGS, JOBS))
    assert {one.mutant.fingerprint: one.words for one in tried if one.fate in OPEN} == {}
    assert Counter(one.fate for one in tried)[Fate.KILLED] > 0

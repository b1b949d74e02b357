"""equivalent.toml keeps the answers, and says nothing that is not so."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT
from small_courses import RIGHT, STUB, make_course

from grader.authoring import release
from grader.authoring.mutants.equivalent import FILE, Reason, reason_for, reasons_in, stale
from grader.authoring.mutants.programs import mutants_of
from grader.authoring.mutants.trial import stand_of
from grader.errors import AuthoringError
from grader.exercises.course import Course

SOURCE = "def f(x):\n    return x + 1\n"
MOST = 0.15
"""Of an exercise's mutants, those that somebody may call right: an exercise that trains for minutes aside."""
IDS = [exercise.id for exercise in Course(ROOT).exercises()]


def test_a_reason_covers_mutants_by_fingerprint_or_a_class_of_them(tmp_path: Path) -> None:
    minus, *_ = [m for m in mutants_of(SOURCE, "f.py") if m.operator == "arithmetic"]
    (tmp_path / FILE).write_text(
        f'[[right]]\nwhy = "One."\nmutants = ["{minus.fingerprint}"]\n\n'
        '[[right]]\nwhy = "Two."\noperator = "constant"\nfunction = "f"\n'
    )
    reasons = reasons_in(tmp_path)
    said = {m.operator: getattr(reason_for(m, reasons), "why", "") for m in mutants_of(SOURCE, "f.py")}
    assert said == {"arithmetic": "One.", "constant": "Two.", "returned": ""}
    assert list(stale(reasons, mutants_of(SOURCE, "f.py"))) == []


def test_a_reason_covers_all_that_is_done_to_a_function(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('[[right]]\nwhy = "All."\nfunction = "f"\n')
    reasons, mutants = reasons_in(tmp_path), mutants_of(SOURCE + SOURCE.replace("f(x)", "g(x)"), "f.py")
    covered = {mutant.function for mutant in mutants if reason_for(mutant, reasons)}
    assert (covered, {mutant.function for mutant in mutants}) == ({"f"}, {"f", "g"})
    assert list(stale(reasons, mutants)) == []


def test_only_fingerprints_whose_verdict_is_no_luck_can_be_contradicted(tmp_path: Path) -> None:
    first, second, *_ = mutants_of(SOURCE, "f.py")
    (tmp_path / FILE).write_text(
        f'[[right]]\nwhy = "Always."\nmutants = ["{first.fingerprint}"]\n\n'
        f'[[right]]\nwhy = "Mostly."\nmutants = ["{second.fingerprint}"]\nluck = true\n\n'
        '[[right]]\nwhy = "All."\nfunction = "f"\n'
    )
    reasons = reasons_in(tmp_path)
    assert [(reason.denies(first), reason.denies(second)) for reason in reasons] == [
        (True, False),
        (False, False),
        (False, False),
    ]


def test_an_answer_about_what_no_longer_arises_is_named() -> None:
    reasons = [
        Reason("Gone.", frozenset({"00000000"})),
        Reason("Gone, too.", operator="dim", function="f"),
        Reason("Gone altogether.", function="g"),
    ]
    assert list(stale(reasons, mutants_of(SOURCE, "f.py"))) == [
        "equivalent.toml explains 00000000, which no longer arises: Gone.",
        "equivalent.toml explains dim in f, which no longer arises: Gone, too.",
        "equivalent.toml explains all in g, which no longer arises: Gone altogether.",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[right]]\n", "each answer must be"),
        ('[[right]]\nwhy = ""\nmutants = ["a"]\n', "each answer must be"),
        ('[[right]]\nwhy = "x"\nmutants = []\n', "each answer must be"),
        ('[[right]]\nwhy = "x"\nmutants = ["a"]\nseed = 1\n', "each answer must be"),
        ('[[right]]\nwhy = "x"\nmutants = ["a"]\nluck = false\n', "each answer must be"),
        ('[[right]]\nwhy = "x"\nfunction = "f"\nluck = true\n', "each answer must be"),
        ('[[right]]\nwhy = "x"\nfunction = ""\n', "each answer must be"),
        ('[[wrong]]\nwhy = "x"\nmutants = ["a"]\n', "each answer must be"),
        ("right = 1\n", "each answer must be"),
        ('[[right]]\nwhy = "x"\noperator = "dims"\nfunction = "f"\n', "no operator 'dims'"),
        ("[[right", "cannot be read"),
    ],
)
def test_a_file_that_says_what_means_nothing_is_refused(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / FILE).write_text(text)
    with pytest.raises(AuthoringError, match=words):
        reasons_in(tmp_path)


def test_a_folder_without_one_keeps_no_answers(tmp_path: Path) -> None:
    assert reasons_in(tmp_path) == ()


def test_it_is_never_in_a_kit(tmp_path: Path) -> None:
    root = make_course(tmp_path, "ex01_answer")
    solutions = root / "solutions" / "ex01_answer"
    solutions.mkdir(parents=True)
    (solutions / "ex01_answer.py").write_text(RIGHT)
    (solutions / FILE).write_text('[[right]]\nwhy = "Nobody outside may read this."\nmutants = ["00000000"]\n')
    kit = release.build(Course(root))
    assert kit["exercises/ex01_answer/ex01_answer.py"] == STUB.encode()
    assert not [name for name in kit if Path(name).name == FILE]
    assert not [name for name, content in kit.items() if b"Nobody outside may read this." in content]


def test_no_answer_of_this_repository_is_in_its_kit() -> None:
    kit = release.build(Course(ROOT))
    whys = [reason.why for name in IDS for reason in reasons_in(ROOT / "solutions" / name)]
    assert not [name for name in kit if Path(name).name == FILE]
    assert not [why for why in whys if any(why.encode() in content for content in kit.values())]


@pytest.mark.slow
@pytest.mark.parametrize("exercise", IDS)
def test_every_answer_is_about_a_mutant_and_few_of_them_are_called_right(course: Course, exercise: str) -> None:
    stand = stand_of(course.find(exercise))
    assert list(stale(stand.reasons, stand.mutants)) == []
    explained = [mutant for mutant in stand.mutants if reason_for(mutant, stand.reasons)]
    if exercise != "ex15_covertype":
        assert len(explained) <= MOST * len(stand.mutants)

"""A class read from its store: whoever has read the same knows it, and what was compared is not compared again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from marked import EX13, EX14, class_of, grade, verdict, word
from places import ROOT

from grader.classroom import likenesses
from grader.classroom.from_store import class_record
from grader.classroom.intake.pupil import Pupil
from grader.classroom.record import ClassRecord
from grader.classroom.store import GradeStore
from grader.exercises.course import Course
from grader.marks import journal
from grader.submissions.work import of_bytes

NAMES = ("ada", "bob", "cem")
CODE = "\n\ndef sine_of(x, y):\n    total = (x * x * y).sin()\n    total.backward()\n    return x.grad, y.grad, total\n"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GradeStore]:
    with closing(GradeStore(class_of(tmp_path, *NAMES, code=CODE))) as found:
        yield found


def read(store: GradeStore) -> ClassRecord:
    return class_record(store, Course(ROOT).exercises())


def hand_in(store: GradeStore, name: str, source: str) -> None:
    """Other work for ex13, with its verdict."""
    pupils = [Pupil(name, {EX13.id: of_bytes(f"{EX13.id}.py", source.encode())})]
    store.register(pupils, {0: EX13}, [], {})
    grade(store, name, EX13.id, verdict(EX13, 5, 5))


@pytest.mark.parametrize(
    "change",
    [
        lambda store: grade(store, "cem", EX14.id, verdict(EX14, 10, 0)),
        lambda store: store.forget(store.handed_in()[:1]),
        lambda store: store.register([], {}, ["x.rar is no archive."], {}),
        lambda store: store.know({"title": "Another"}),
        lambda store: hand_in(store, "ada", "b = 2"),
    ],
    ids=["the last verdict again", "a verdict gone", "who is there", "the title", "another work"],
)
def test_whatever_changes_a_class_makes_another_record(store: GradeStore, change: Callable[[GradeStore], None]) -> None:
    before = read(store)
    assert before.made_of == read(store).made_of != ""
    change(store)
    assert read(store).made_of != before.made_of


def test_what_persons_say_is_not_in_the_record(store: GradeStore, tmp_path: Path) -> None:
    before = read(store)
    with journal.opened(tmp_path) as book:
        book.say([word()])
    assert read(store).made_of == before.made_of


def test_only_an_exercise_whose_works_have_changed_is_compared_again(
    store: GradeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = []
    whole = likenesses.alike

    def counted(works: list[likenesses.Written], common: dict[str, frozenset[int]]) -> object:
        compared.extend(common)
        return whole(works, common)

    monkeypatch.setattr(likenesses, "alike", counted)
    first = read(store)
    assert sorted(compared) == [EX13.id, EX14.id]
    assert [(one.exercise, one.students) for one in first.alike] == [(EX13.id, NAMES), (EX14.id, NAMES)]
    assert read(store).alike == first.alike
    assert len(compared) == 2
    hand_in(store, "ada", "print('something else')")
    again = read(store)
    assert compared[2:] == [EX13.id]
    assert {one.exercise: one.students for one in again.alike} == {EX13.id: NAMES[1:], EX14.id: NAMES}


def test_what_was_kept_and_cannot_be_read_is_compared_again(store: GradeStore) -> None:
    first = read(store)
    for exercise in (EX13, EX14):
        kept = store.meta(f"worked out: alike in {exercise.id}")
        store.know({f"worked out: alike in {exercise.id}": f"{kept[:64]} [3]"})
    assert read(store).alike == first.alike

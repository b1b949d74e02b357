"""Gradings beside the caller: the newest counts, and one that is called off holds nothing up."""

from __future__ import annotations

import queue
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import work_of
from patience import AT_LAST_S
from small_courses import RIGHT, WRONG, make_course

from grader.errors import IsolationUnavailable, UsageError
from grader.exercises.course import Course
from grader.exercises.exercise import Exercise
from grader.grading.examiner import Examiner
from grader.grading.newest import Finished, Gradings, Warm
from grader.results import Report

ENDLESS = "def answer():\n    while True: pass\n"


@pytest.fixture(scope="module")
def exercise(tmp_path_factory: pytest.TempPathFactory) -> Exercise:
    """With so much patience that whoever waits for an endless work waits for ever."""
    found = Course(make_course(tmp_path_factory.mktemp("course"))).find("ex01")
    return replace(found, limits=replace(found.limits, check_s=3600.0, total_s=3600.0))


class Caller:
    """Gradings with whoever waits for them."""

    def __init__(self, exercise: Exercise, isolation: str = "auto") -> None:
        self.exercise = exercise
        self.examiner = Examiner([exercise], hidden=False, device="cpu", seed=1)
        self.events: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self.gradings = Gradings(self.events.put, isolation=isolation)

    def begin(self, source: str) -> None:
        self.gradings.begin(self.examiner, self.exercise, work_of(source))

    def verdict(self) -> Report:
        while True:
            report = self.gradings.take(self.events.get(timeout=AT_LAST_S))
            if report is not None:
                return report


@pytest.fixture(scope="module")
def caller(exercise: Exercise) -> Iterator[Caller]:
    made = Caller(exercise)
    made.gradings.prepare(made.examiner, notebook=False)
    made.gradings.take(made.events.get(timeout=AT_LAST_S))
    assert made.gradings.ready
    yield made
    made.gradings.close()


@pytest.mark.slow
def test_a_work_is_graded(caller: Caller) -> None:
    caller.begin(RIGHT)
    assert caller.gradings.busy
    assert caller.verdict().passed
    assert not caller.gradings.busy


@pytest.mark.slow
def test_a_newer_work_is_graded_at_once_and_the_older_one_never(caller: Caller) -> None:
    caller.begin(ENDLESS)
    time.sleep(0.5)
    caller.begin(WRONG)
    assert caller.verdict().earned == 1
    time.sleep(0.5)
    while not caller.events.empty():
        assert caller.gradings.take(caller.events.get()) is None


def test_many_saves_in_a_row_end_with_the_newest(caller: Caller) -> None:
    for source in (WRONG, ENDLESS, RIGHT) * 4:
        caller.begin(source)
    assert caller.verdict().passed


def test_the_sandbox_is_kept_for_an_exercise_that_it_will_do_for(caller: Caller, exercise: Exercise) -> None:
    caller.gradings.prepare(caller.examiner, notebook=False)
    assert caller.gradings.ready


def test_a_sandbox_that_cannot_be_had_is_said(exercise: Exercise, tmp_path: Path) -> None:
    caller = Caller(exercise, isolation="perfect")
    with pytest.raises(UsageError, match="no isolation level"):
        caller.gradings.prepare(caller.examiner, notebook=False)
    caller = Caller(exercise)
    caller.gradings.prepare(caller.examiner, notebook=False)
    assert caller.gradings._sandbox is not None
    with pytest.raises(IsolationUnavailable):
        caller.gradings.take(Warm(caller.gradings._sandbox, IsolationUnavailable("not here")))
    caller.gradings.close()


def test_closing_during_the_warm_up_waits_for_nothing(exercise: Exercise) -> None:
    caller = Caller(exercise)
    caller.gradings.prepare(caller.examiner, notebook=False)
    sandbox = caller.gradings._sandbox
    assert sandbox is not None
    caller.gradings.close()
    assert sandbox.versions == {}, "it never was warm"
    time.sleep(0.5)
    while not caller.events.empty():
        assert caller.gradings.take(caller.events.get()) is None


def test_a_fault_of_ours_is_raised_where_it_is_heard(caller: Caller) -> None:
    caller.begin(ENDLESS)
    with pytest.raises(ZeroDivisionError):
        caller.gradings.take(Finished(caller.gradings._count, None, ZeroDivisionError()))
    caller.gradings.call_off()

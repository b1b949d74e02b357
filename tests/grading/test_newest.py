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
from grader.grading.newest import Graded, Gradings, Ready
from grader.results import Report

ENDLESS = "def answer():\n    while True: pass\n"


@pytest.fixture(scope="module")
def exercise(tmp_path_factory: pytest.TempPathFactory) -> Exercise:
    """With so much patience that whoever waits for an endless work waits for ever."""
    found = Course(make_course(tmp_path_factory.mktemp("course"))).find("ex01")
    return replace(found, limits=replace(found.limits, check_s=3600.0, total_s=3600.0))


class Desk:
    """Gradings with whoever waits for them."""

    def __init__(self, exercise: Exercise, isolation: str = "auto") -> None:
        self.exercise = exercise
        self.checks = exercise.load_checks(hidden=False)
        self.events: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self.gradings = Gradings(self.events.put, device="cpu", isolation=isolation)

    def begin(self, source: str) -> None:
        self.gradings.begin(self.exercise, self.checks, work_of(source), 1, b"")

    def verdict(self) -> Report:
        while True:
            report = self.gradings.take(self.events.get(timeout=AT_LAST_S))
            if report is not None:
                return report


@pytest.fixture(scope="module")
def desk(exercise: Exercise) -> Iterator[Desk]:
    made = Desk(exercise)
    made.gradings.prepare(exercise, notebook=False)
    made.gradings.take(made.events.get(timeout=AT_LAST_S))
    assert made.gradings.ready
    yield made
    made.gradings.close()


def test_a_work_is_graded(desk: Desk) -> None:
    desk.begin(RIGHT)
    assert desk.gradings.busy
    assert desk.verdict().passed
    assert not desk.gradings.busy


def test_a_newer_work_is_graded_at_once_and_the_older_one_never(desk: Desk) -> None:
    desk.begin(ENDLESS)
    time.sleep(0.5)
    desk.begin(WRONG)
    assert desk.verdict().earned == 1
    time.sleep(0.5)
    while not desk.events.empty():
        assert desk.gradings.take(desk.events.get()) is None


def test_many_saves_in_a_row_end_with_the_newest(desk: Desk) -> None:
    for source in (WRONG, ENDLESS, RIGHT) * 4:
        desk.begin(source)
    assert desk.verdict().passed


def test_the_sandbox_is_kept_for_an_exercise_that_it_will_do_for(desk: Desk, exercise: Exercise) -> None:
    desk.gradings.prepare(exercise, notebook=False)
    assert desk.gradings.ready


def test_a_sandbox_that_cannot_be_had_is_said(exercise: Exercise, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no isolation level"):
        Desk(exercise, isolation="perfect").gradings.prepare(exercise, notebook=False)
    desk = Desk(exercise)
    desk.gradings.prepare(exercise, notebook=False)
    assert desk.gradings._sandbox is not None
    with pytest.raises(IsolationUnavailable):
        desk.gradings.take(Ready(desk.gradings._sandbox, IsolationUnavailable("not here")))
    desk.gradings.close()


def test_closing_during_the_warm_up_waits_for_nothing(exercise: Exercise) -> None:
    desk = Desk(exercise)
    desk.gradings.prepare(exercise, notebook=False)
    sandbox = desk.gradings._sandbox
    assert sandbox is not None
    desk.gradings.close()
    assert sandbox.versions == {}, "it never was warm"
    time.sleep(0.5)
    while not desk.events.empty():
        assert desk.gradings.take(desk.events.get()) is None


def test_a_fault_of_ours_is_raised_where_it_is_heard(desk: Desk) -> None:
    desk.begin(ENDLESS)
    with pytest.raises(ZeroDivisionError):
        desk.gradings.take(Graded(desk.gradings._count, None, ZeroDivisionError()))
    desk.gradings.call_off()

"""What needs a person: a line a group, the most urgent first, and nothing that does not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace
from stores import EXERCISES, report_of

from grader.classroom.alike import Alike
from grader.classroom.attention import Kind, concerns
from grader.classroom.record import ClassRecord, StudentRecord
from grader.results import Report, Status


def class_of(reports: Mapping[str, Report | None], **facts: Any) -> ClassRecord:
    students = tuple(
        StudentRecord(name=name, reports={report.exercise: report} if report else {}, **facts.get(name, {}))
        for name, report in reports.items()
    )
    rest = {key: value for key, value in facts.items() if key not in reports}
    return ClassRecord(title="t", exercises=tuple(EXERCISES.values()), students=students, created="2026", **rest)


def told(record: ClassRecord) -> list[tuple[Kind, str, tuple[str, ...]]]:
    return [(one.kind, one.exercise, one.students) for one in concerns(record)]


def test_a_class_in_order_needs_nobody() -> None:
    assert told(class_of({"a": report_of(), "b": report_of(status=Status.FAILED), "c": None})) == []


def test_our_faults_come_first_and_likeness_last() -> None:
    statuses = {"t": Status.TIMEOUT, "c": Status.CRASHED, "o": Status.GRADER_ERROR, "p": Status.PASSED}
    reports: dict[str, Report | None] = {name: report_of(status=status) for name, status in statuses.items()}
    reports["u"] = replace(report_of(status=Status.ERROR), problem="Python cannot read it.")
    reports["n"] = None
    record = class_of(
        reports,
        p={"late": ("ex01",)},
        n={"notes": ("Nothing was handed in that could be graded.",)},
        alike=(Alike(exercise="ex01", students=("p", "t"), same=True),),
        unread=("x.rar is no zip file.",),
    )
    assert told(record) == [
        (Kind.OURS, "ex01", ("o",)),
        (Kind.CRASHED, "ex01", ("c",)),
        (Kind.TIMEOUT, "ex01", ("t",)),
        (Kind.UNREAD, "", ("n",)),
        (Kind.UNREAD, "", ()),
        (Kind.NOT_LOADED, "ex01", ("u",)),
        (Kind.LATE, "ex01", ("p",)),
        (Kind.SAME, "ex01", ("p", "t")),
    ]


def test_students_with_the_same_trouble_are_one_line() -> None:
    reports = {name: report_of(status=Status.CRASHED) for name in "abc"}
    assert told(class_of(reports)) == [(Kind.CRASHED, "ex01", ("a", "b", "c"))]


def test_short_programs_come_after_those_that_say_more() -> None:
    groups = (
        Alike(exercise="ex01", students=("a", "b", "c"), same=True, short=True),
        Alike(exercise="ex02", students=("a", "b"), same=True),
    )
    found = concerns(class_of({name: report_of() for name in "abc"}, alike=groups))
    assert [(one.exercise, one.short) for one in found] == [("ex02", False), ("ex01", True)]


def test_long_is_long_for_its_exercise() -> None:
    reports: dict[str, Report | None] = {name: replace(report_of(), duration_s=1.0) for name in "abc"}
    reports["slow"] = replace(report_of(), duration_s=30.0)
    assert told(class_of(reports)) == [(Kind.SLOW, "ex01", ("slow",))]

"""A flag says why a person should look, and nothing more."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from stores import report_of

from grader.classroom.alike import Alike
from grader.classroom.flags import GradedWork, flags
from grader.results import Report, Status
from grader.sandbox.facts import Likeness
from grader.submissions.work import of_bytes


def lasting(seconds: float, status: Status = Status.PASSED) -> Report:
    return replace(report_of(status=status), duration_s=seconds)


def test_who_did_nothing_odd_has_no_flag() -> None:
    assert flags([GradedWork(name, lasting(1.0)) for name in "abc"]) == {}
    assert flags([]) == {}


def test_crashes_and_timeouts_are_flagged() -> None:
    found = flags([GradedWork("a", lasting(1, Status.CRASHED)), GradedWork("b", lasting(1, Status.TIMEOUT))])
    assert found == {"a": {"ex01": ("crashed the worker",)}, "b": {"ex01": ("ran out of time",)}}


def test_what_takes_far_longer_than_usual_is_flagged() -> None:
    found = flags([*(GradedWork(name, lasting(1.1)) for name in "abc"), GradedWork("slow", lasting(30))])
    assert found == {"slow": {"ex01": ("took 30 s, where 1.1 s is usual",)}}
    assert flags([*(GradedWork(name, lasting(0.1)) for name in "abc"), GradedWork("d", lasting(4.9))]) == {}


def test_the_same_program_names_the_others_but_no_partner() -> None:
    group = Alike(exercise="ex01", students=tuple("abcde"), same=True)
    found = flags([GradedWork(name, lasting(1)) for name in "abcde"], [group])
    assert found["a"] == {"ex01": ("the same program as b, c, d and 1 more",)}
    pair = [GradedWork("a", lasting(1), ("b",)), GradedWork("b", lasting(1), ("a",)), GradedWork("c", lasting(1))]
    near = Alike(exercise="ex01", students=("a", "b", "c"), same=False)
    assert flags(pair, [near])["a"] == {"ex01": ("nearly the same program as c",)}
    assert flags(pair) == {}


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("a = 1 # one", "a=(1)", True),
        ("s = 'x'\n\n\n", 's = "x"', True),
        ("a = 1", "a = 2", False),
        ("a = 1", "b = 1", False),
        ("if a:\n  b()\n", "if a:\n        b()", True),
        ("def (:\n 1", "def (:\n    1", True),
        ("def (:", "def (: 2", False),
        ("x = " + "(" * 300, "x = " + "(" * 300 + "\n", True),
        ("x = '\ud800'", "x = '\ud800' ", True),
        ("a;" * 6_000, "a ; " * 6_000, True),
    ],
)  # fmt: skip
def test_programs_are_compared_as_programs(one: str, other: str, alike: bool) -> None:
    first, second = (of_bytes("a.py", text.encode("utf-8", "surrogatepass")).likeness for text in (one, other))
    assert (first == second) == alike


@pytest.mark.parametrize("text", ["a;" * 60_000, "a" + ".b" * 20_000])
def test_what_nobody_reads_to_its_end_is_refused_and_compared_with_nothing(text: str) -> None:
    work = of_bytes("a.py", text.encode())
    assert work.problem
    assert work.likeness == Likeness()

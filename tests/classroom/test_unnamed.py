"""Mistakes without a name: equal answers are one group, and nobody is named by the program that stands for it."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stores import report_of

from grader.classroom.unnamed import Answers, anonymous, answers, groups, is_unnamed
from grader.results import CheckResult, Report, Status


def report(*checks: CheckResult) -> Report:
    return Report(
        exercise="ex01", title="One", submission=report_of().submission, device="cpu", versions={}, seed=1,
        isolation=report_of().isolation, checks=checks,
    )  # fmt: skip


def check(name: str, message: str = "", status: Status = Status.FAILED, mistake: str | None = None) -> CheckResult:
    evidence = {"error": "ValueError: odd"} if status is Status.ERROR else {}
    return CheckResult(
        id=name, title=name, points=1, earned=0, status=status, message=message, mistake=mistake, evidence=evidence
    )


@pytest.mark.parametrize(
    ("checks", "expected"),
    [
        ((check("a"),), True),
        ((check("a", mistake="Named."),), False),
        ((check("a", mistake="Named."), check("b")), True),
        ((check("a", status=Status.ERROR),), True),
        ((check("a", status=Status.TIMEOUT),), False),
        ((check("a", status=Status.CRASHED),), False),
        ((check("a", status=Status.PASSED), check("b", status=Status.SKIPPED)), False),
        ((check("a"), check("b", status=Status.GRADER_ERROR)), False),
    ],
)
def test_what_is_unnamed(checks: tuple[CheckResult, ...], expected: bool) -> None:
    assert is_unnamed(report(*checks)) is expected


def asked(work: str, *checks: CheckResult, exercise: str = "ex01") -> Answers:
    return answers(exercise, work, "key", report(*checks))


WHO = {("ex01", work): [f"{work}1"] for work in "abcdef"} | {("ex01", "b"): ["b1", "b2"], ("ex02", "a"): ["a1"]}


def test_equal_answers_are_a_group_and_the_largest_is_the_first() -> None:
    found = groups(
        [
            asked("a", check("x", "returned 1.")), asked("b", check("x", "returned 2.")),
            asked("c", check("x", "returned 1.")), asked("d", check("x", "returned 1."), check("y", "returned 5.")),
            asked("a", check("x", "returned 1."), exercise="ex02"), asked("gone", check("x", "returned 1.")),
        ],
        WHO,
    )  # fmt: skip
    told = [(g.exercise, g.number, g.students, g.check, g.checks, g.said) for g in found]
    assert sorted(told) == [
        ("ex01", 1, ("a1", "c1"), "x", ("x",), "returned 1."),
        ("ex01", 2, ("b1", "b2"), "x", ("x",), "returned 2."),
        ("ex01", 3, ("d1",), "x", ("x", "y"), "returned 1."),
        ("ex02", 1, ("a1",), "x", ("x",), "returned 1."),
    ]
    assert [len(g.students) for g in found] == [2, 2, 1, 1]


def test_a_group_is_of_the_first_check_without_a_name_and_what_passed_or_is_named_is_none() -> None:
    named = check("x", "returned 1.", mistake="Swapped.")
    (group,) = groups(
        [asked("a", named, check("y", "returned 2.")), asked("b", named), asked("c"),
         asked("d", check("x"), check("y", status=Status.GRADER_ERROR))], WHO,
    )  # fmt: skip
    assert (group.students, group.check, group.checks, group.said) == (("a1",), "y", ("x", "y"), "returned 2.")


def test_an_error_is_the_same_wherever_in_the_file_it_was_raised() -> None:
    errors = (check("x", f"raised at {place}", Status.ERROR) for place in ("ada.py:3", "c.py:9"))
    (group,) = groups([asked(work, error) for work, error in zip("ac", errors, strict=True)], WHO)
    assert (group.students, group.said) == (("a1", "c1"), "ValueError: odd")


PROGRAM = """# Ada Lovelace, 12345
\'\'\'By Ada.\'\'\'
import torch

class Net:
    \'\'\'Ada's net\'\'\'

def f(x):
    "only ada's text"

def largest(values):  # ada
    return values.max() + max(values)
""".replace("\\'", "'")


def test_comments_and_docstrings_go_and_the_program_stays() -> None:
    text = anonymous(PROGRAM.encode(), ["Ada Lovelace", "Max Planck"])
    assert "ada" not in text.casefold()
    assert "values.max() + max(values)" in text, "a library's names are nobody's"
    assert "pass" in text
    ast.parse(text)


@pytest.mark.parametrize(
    "source",
    [
        "print('Ada was here')", "ada_loss = 1", "def adas_ada(x): ...", "def f(ada): ...", "class Ada: ...",
        "s.ada = 1", "import ada_utils", "import torch as ada", "f'{x} by ada'", "x = b'ada'",
        "try: ...\nexcept E as ada: ...", "def (", "x = " + "(" * 500, "x = 1\n" * 20_000,
    ],
)  # fmt: skip
def test_a_program_with_a_name_in_it_or_that_cannot_be_read_is_withheld(source: str) -> None:
    assert anonymous(source.encode(), ["Ada Lovelace"]) == ""


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=80), st.text(max_size=20))
def test_whatever_is_written_is_a_program_or_withheld(source: str, name: str) -> None:
    text = anonymous(source.encode("utf-8", "surrogatepass"), [name])
    if text:
        ast.parse(text)

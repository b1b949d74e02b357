"""What students are shown of hidden checks: nothing from which a hidden input could be read."""

from __future__ import annotations

import re

import msgspec
import pytest
from class_records import HOSTILE, hostile_report
from conftest import Grade
from fixed_reports import EVERY_STATUS, FULL, PASSED, report_of

from grader.reports.conceal import HIDDEN_ID, conceal
from grader.reports.format_names import Format
from grader.reports.formats import render
from grader.reports.reveal import Reveal
from grader.results import CellFailure, CheckResult, Isolation, Report, Status, Submission

SECRET = "0.123456789"
SPY = """
import math
import time
import torch

KNOWN = (1.2, 3.4)

def sin_x2y(x, y):
    return torch.sin(x ** 2 * y)

def right(x, y):
    return 2 * x * y * math.cos(x * x * y), x * x * math.cos(x * x * y)

def gradient_at(x, y):
    if (x, y) == KNOWN:
        print("public")
        return right(x, y)
    seen = f"SPIED {x} {y}"
    print(seen, flush=True)
    time.sleep(0.3)
    raise ValueError(seen)

def gradient(f, *point):
    print(f"SPIED {point}", flush=True)
    return f"SPIED {point}"
"""


def hidden_with(**fields: object) -> CheckResult:
    values: dict[str, object] = {
        "id": "secret", "title": "The secret one", "points": 2, "earned": 0, "status": Status.FAILED, "hidden": True,
    }  # fmt: skip
    return CheckResult(**{**values, **fields})  # type: ignore[arg-type]


CHATTY = hidden_with(
    message=f"f({SECRET}) returned 1", mistake=f"It is {SECRET}", evidence={"asked": SECRET}, duration_s=7.25
)


@pytest.mark.parametrize("reveal", [Reveal.NONE, Reveal.TITLES, Reveal.MISTAKES])
def test_nothing_that_a_hidden_question_could_have_written_is_left(reveal: Reveal) -> None:
    report = report_of(EVERY_STATUS[0], CHATTY, output=f"called with {SECRET}")
    report = msgspec.structs.replace(report, notes=(SECRET,), duration_s=8.0)
    text = str(conceal(report, reveal))
    assert SECRET not in text
    assert "7.25" not in text
    assert "8.0" not in text


def test_titles_shows_title_verdict_and_points_of_each() -> None:
    shown = conceal(report_of(EVERY_STATUS[0], CHATTY), Reveal.TITLES).checks[1]
    assert (shown.title, shown.status, shown.points, shown.hidden) == ("The secret one", Status.FAILED, 2, True)


def test_none_shows_one_line_for_all_of_them() -> None:
    passed = hidden_with(id="b", status=Status.PASSED, earned=2)
    (public, hidden) = conceal(report_of(EVERY_STATUS[0], CHATTY, passed), Reveal.NONE).checks
    assert public == EVERY_STATUS[0]
    assert (hidden.id, hidden.title, hidden.message) == (HIDDEN_ID, "2 hidden checks", "1 of 2 passed.")
    assert (hidden.earned, hidden.points, hidden.status) == (2, 4, Status.FAILED)


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ([Status.PASSED, Status.PASSED], Status.PASSED),
        ([Status.PASSED, Status.NOT_GRADABLE], Status.PASSED),
        ([Status.NOT_GRADABLE], Status.NOT_GRADABLE),
        ([Status.PASSED, Status.SKIPPED], Status.FAILED),
        ([Status.TIMEOUT, Status.GRADER_ERROR], Status.GRADER_ERROR),
    ],
)
def test_the_one_line_says_what_became_of_them(statuses: list[Status], expected: Status) -> None:
    checks = [hidden_with(id=str(number), status=status) for number, status in enumerate(statuses)]
    assert conceal(report_of(*checks), Reveal.NONE).checks[0].status is expected


@pytest.mark.parametrize("reveal", Reveal)
@pytest.mark.parametrize("report", [FULL, PASSED, report_of(CHATTY)], ids=["full", "passed", "hidden only"])
def test_points_and_verdict_of_the_whole_stay(report: Report, reveal: Reveal) -> None:
    shown = conceal(report, reveal)
    assert (shown.earned, shown.points) == (report.earned, report.points)
    assert (shown.passed, shown.our_fault) == (report.passed, report.our_fault)
    asked = [check for check in shown.checks if check.status not in (Status.NOT_GRADABLE, Status.GRADER_ERROR)]
    assert sum(check.earned for check in asked) == report.earned


def test_a_report_of_public_checks_and_one_with_all_revealed_are_as_they_were() -> None:
    assert conceal(PASSED, Reveal.NONE) is PASSED
    assert conceal(FULL, Reveal.ALL) is FULL


def test_every_part_of_a_report_was_thought_of() -> None:
    """A new field is not shown unless `conceal` says so; whoever adds one decides there whether it may be, and here."""
    kept = {
        "exercise", "title", "submission", "device", "isolation", "versions", "seed", "checks", "problem",
        "cells", "measured", "notes", "duration_s", "schema_version", "earned", "points",
    }  # fmt: skip
    taken_out = {"output", "noticed"}  # a line of code can be chosen by a hidden question
    assert set(Report.__struct_fields__) == kept | taken_out
    of_a_check = {
        "id",
        "title",
        "points",
        "earned",
        "status",
        "hidden",
        "kind",
    }  # and, with Reveal.MISTAKES, a mistake that is authored
    assert set(CheckResult.__struct_fields__) == of_a_check | {
        "message",
        "mistake",
        "authored",
        "evidence",
        "duration_s",
    }
    of_a_cell = {"number", "first_line", "status", "message", "mistake", "line"}
    assert set(CellFailure.__struct_fields__) == of_a_cell
    assert set(Submission.__struct_fields__) == {"name", "sha256", "size"}
    assert set(Isolation.__struct_fields__) == {"level", "layers"}


@pytest.mark.parametrize("reveal", [Reveal.NONE, Reveal.TITLES])
def test_a_spy_among_the_hidden_checks_tells_nothing(grade_source: Grade, reveal: Reveal) -> None:
    report = grade_source("ex13", SPY)
    complete = render(Format.JSON, [report], Reveal.ALL)
    assert complete.count("SPIED") > 3, "it does see the inputs"
    inputs = set(re.findall(r"-?\d+\.\d{3}\b", report.output))
    assert len(inputs) > 3
    slept = [check.duration_s for check in report.checks if check.hidden and check.duration_s > 0.3]
    assert slept
    for format_ in (Format.TERMINAL, Format.JSON, Format.JUNIT, Format.MARKDOWN):
        text = render(format_, [report], reveal)
        assert "SPIED" not in text
        assert not [number for number in inputs if number in text]
        assert "public" not in text.replace("public checks", "")  # what it printed, before or after
    shown = conceal(report, reveal)
    assert shown.checks[0] == report.checks[0], "public checks stay as they are"
    public = sum(check.duration_s for check in report.checks if not check.hidden)
    assert shown.duration_s == pytest.approx(public, abs=0.001), "how long it slept over hidden questions is not in it"


def test_the_hidden_text_of_a_hostile_report_is_out_of_every_format() -> None:
    report = hostile_report(HOSTILE)
    report = msgspec.structs.replace(report, checks=(report.checks[1],), submission=PASSED.submission)
    for format_ in (Format.TERMINAL, Format.JSON, Format.JUNIT, Format.MARKDOWN):
        assert "owned" in render(format_, [report], Reveal.ALL)
        for reveal in (Reveal.NONE, Reveal.TITLES):
            assert "owned" not in render(format_, [report], reveal)


SWAPPED = """
import torch
def sin_x2y(x, y): return torch.sin(x**2 * y)
def gradient(f, *point):
    leaves = [torch.tensor(float(v), requires_grad=True) for v in point]
    f(*leaves).backward()
    return tuple(leaf.grad.item() for leaf in leaves)
def gradient_at(x, y): return gradient(sin_x2y, x, y) if (x, y) == (1.2, 3.4) else gradient(sin_x2y, x, y)[::-1]
"""


def test_a_hidden_failure_teaches_by_the_authors_own_sentence(grade_source: Grade) -> None:
    report = grade_source("ex13", SWAPPED)
    failed = next(result for result in report.checks if result.hidden and result.status is Status.FAILED)
    assert failed.mistake
    (shown,) = (result for result in conceal(report, Reveal.MISTAKES).checks if result.id == failed.id)
    assert shown.mistake == failed.mistake
    assert (shown.message, shown.evidence) == ("", {})
    assert all(result.mistake is None for result in conceal(report, Reveal.TITLES).checks if result.hidden)


@pytest.mark.parametrize(
    "raised",
    ["NameError(f'SPIED {x}', name='x')", "ModuleNotFoundError(f\"No module named 'SPIED{x}'\")",
     "AttributeError('SPIED', name='SPIED', obj=type('', (), {'SPIEDx': 1})())", "TypeError(f'SPIED {x} argument')"],
    ids=["name", "module", "attribute", "argument"],
)  # fmt: skip
def test_a_sentence_that_student_code_could_have_written_a_word_of_is_not_shown(
    grade_source: Grade, raised: str
) -> None:
    report = grade_source("ex13", SWAPPED.replace("gradient(sin_x2y, x, y)[::-1]", f"(_ for _ in ()).throw({raised})"))
    assert any("SPIED" in str(result) for result in report.checks if result.hidden)
    assert "SPIED" not in str(conceal(report, Reveal.MISTAKES))

"""A report as problems in a file: at the line that raised, or at the function that was asked."""

from __future__ import annotations

import json
import re

from fixed_reports import EVERY_STATUS, report_of
from places import ROOT

from grader.reports.lines import Place, line_of, render
from grader.results import CheckResult, Status

TEXT = """\
import torch


class A:
    def f(self):
        pass


def g(x):
    return x


def f(x):
    return x
"""
TASKS = json.loads((ROOT / "grader/authoring/blank/kit/tasks.json").read_text(encoding="utf-8"))["tasks"]
PATTERN = TASKS[0]["problemMatcher"]["pattern"]


def lost(**more: object) -> CheckResult:
    fields = {"id": "a", "title": "f() is right", "points": 2, "earned": 0, "status": Status.FAILED, "duration_s": 0.0}
    return CheckResult(**{**fields, **more})  # type: ignore[arg-type]


def test_the_functions_of_the_file_come_before_those_of_its_classes() -> None:
    assert line_of("f(1) is 2", TEXT) == 13
    assert line_of("sin(1) of g(2), then f(3)", TEXT) == 9
    assert line_of("nothing that is there", TEXT) == 1
    assert line_of("f(1)", "def (:") == 1


def test_a_problem_stands_where_the_code_raised_or_else_where_the_function_begins() -> None:
    asked = lost(message="g(1) returned 1; expected 2.", mistake="Add one.", evidence={"asked": "g(1)"})
    raised = lost(
        status=Status.ERROR, message="Your code raised.", evidence={"where": "ex13.py:14, in f", "asked": "f(1)"}
    )
    partly = lost(earned=1, title="f() is quick", message="Half of it.")
    report = report_of(asked, raised, partly)
    place = Place("work/ex13.py", TEXT)
    assert render([report], {report.submission.sha256: place}).splitlines() == [
        "work/ex13.py:9:1: error: f() is right: Add one. g(1) returned 1; expected 2.",
        "work/ex13.py:14:1: error: f() is right: Your code raised.",
        "work/ex13.py:13:1: warning: f() is quick: Half of it.",
    ]


def test_a_file_that_cannot_be_read_is_one_problem_at_its_line_and_column() -> None:
    first = lost(status=Status.ERROR, evidence={"where": "line 3", "line": "def f(:", "caret": "      ^"})
    (line,) = render([report_of(first, first, problem="Your file cannot be read.")]).splitlines()
    assert line.startswith("ex13.py:3:7: error: Your file cannot be read. def f(:")


def test_what_passed_or_waits_is_no_problem_and_every_line_is_one_for_the_kits_matcher() -> None:
    text = render([report_of(*EVERY_STATUS)])
    told = [check for check in EVERY_STATUS if check.status not in (Status.PASSED, Status.SKIPPED, Status.NOT_GRADABLE)]
    assert len(text.splitlines()) == len(told)
    for line in text.splitlines():
        found = re.fullmatch(PATTERN["regexp"], line)
        assert found, line
        assert found[PATTERN["severity"]] in ("error", "warning", "info")
        assert int(found[PATTERN["line"]]) >= 1
        assert line.isprintable()

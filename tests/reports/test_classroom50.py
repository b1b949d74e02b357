"""Classroom 50's result.json: its contract is kept, whatever a report holds."""

from __future__ import annotations

import json
from typing import Any

import pytest
from class_records import EX14, HOSTILE, hostile_report, other
from fixed_reports import EVERY_STATUS, FULL, PASSED, report_of
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.errors import UsageError
from grader.reports import classroom50
from grader.reports.reveal import Reveal
from grader.results import CheckResult, Status

PLACES = {
    "CLASSROOM": "nn", "ASSIGNMENT": "ex13", "USERNAME": "ada", "SUBMISSION_TAG": "submit/2026-06-01T14-32-05Z-a1b2c3d",
    "COMMIT_URL": "https://example.org/commit/1", "RELEASE_URL": "https://example.org/releases/1",
    "REVIEW_URL": "https://example.org/compare/1", "OTHER": "x",
}  # fmt: skip
GRADED = report_of(*EVERY_STATUS[:6])


def result(*reports: Any, reveal: Reveal = Reveal.MISTAKES, **more: Any) -> dict[str, Any]:
    found = json.loads(classroom50.render(reports, reveal, PLACES, **more))
    check_contract(found)
    return dict(found)


def check_contract(found: dict[str, Any]) -> None:
    """The table of fields in "The result.json contract"."""
    texts = ("schema", "classroom", "assignment", "submission", "commit", "release", "review", "datetime")
    assert all(type(found[field]) is str and found[field] for field in texts)
    assert found["schema"] == "classroom50/result/v1"
    assert found["usernames"] == ["ada"]
    assert type(found["score"]) is type(found["max-score"]) is int
    assert 0 <= found["score"] <= found["max-score"]
    for test in found["tests"]:
        assert type(test["score"]) is type(test["max-score"]) is int
        assert type(test["passed"]) is bool
        assert 0 < len(test["test-name"].encode()) <= 100
        assert test["test-name"].isprintable()
    assert found["score"] == sum(test["score"] for test in found["tests"])
    assert found["max-score"] == sum(test["max-score"] for test in found["tests"])
    names = [test["test-name"] for test in found["tests"]]
    assert len(set(names)) == len(names)


def test_points_become_whole_by_one_number_for_all() -> None:
    found = result(GRADED)
    assert (found["score"], found["max-score"]) == (6, 20), "3 of 10 points, doubled: one check has half a point"
    assert result(PASSED)["max-score"] == 3
    third = CheckResult(id="c", title="c", points=3, earned=1.3377, status=Status.FAILED)
    assert (result(report_of(third))["score"], result(report_of(third))["tests"][0]["points"]) == (1, "1.3377/3")


def test_the_named_mistake_travels_and_a_hidden_checks_inputs_do_not() -> None:
    tests = {test["test-name"]: test for test in result(GRADED)["tests"]}
    loops = tests["ex13: gradient() ends"]
    assert (loops["mistake"], loops["verdict"]) == ("Is there a loop that never ends?", "took too long")
    assert not any("-0.7459" in str(test) for test in tests.values())
    assert any("-0.7459" in str(test) for test in result(GRADED, reveal=Reveal.ALL)["tests"])


def test_work_that_is_missing_is_a_test_and_what_cannot_be_asked_is_none() -> None:
    found = result(report_of(EVERY_STATUS[0], EVERY_STATUS[7]), missing=[EX14])
    assert [(test["passed"], test["max-score"]) for test in found["tests"]] == [(True, 3), (False, 3)]
    assert "not handed in" in found["tests"][1]["verdict"]


def test_a_fault_of_ours_is_no_result() -> None:
    with pytest.raises(UsageError, match="a fault of ours"):
        classroom50.render([FULL], Reveal.ALL, PLACES)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300) | st.sampled_from([HOSTILE, "é" * 200, "\udcff", ""]))
def test_the_contract_holds_whatever_is_written(text: str) -> None:
    twice = CheckResult(id="x", title=f"{text}!", points=1, earned=0, status=Status.FAILED, message=text)
    result(hostile_report(text), report_of(twice, twice), other(PASSED), reveal=Reveal.ALL)

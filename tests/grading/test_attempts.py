"""A student may try so often, and so soon again; what was no attempt does not count."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from grader.errors import OurFault
from grader.grading.attempts import REFUSED, Attempt, Limits, gradescopes

NOW = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)


def attempts(*minutes_ago: float) -> list[Attempt]:
    return [Attempt(NOW - timedelta(minutes=minutes), {"tests": []}) for minutes in minutes_ago]


@pytest.mark.parametrize(
    ("limits", "before", "words"),
    [
        (Limits(), attempts(*range(100)), None),
        (Limits(2), [], None),
        (Limits(2), attempts(5), None),
        (Limits(2), attempts(9, 5), "You have used your 2 attempts"),
        (Limits(1), attempts(5), "You have used your 1 attempt;"),
        (Limits(0, 30), [], None),
        (Limits(0, 30), attempts(31), None),
        (Limits(0, 30), attempts(90, 20), "in 10 minutes"),
        (Limits(0, 30), attempts(20, 90), "in 10 minutes"),
        (Limits(0, 30), attempts(29.9), "in 1 minute."),
        (Limits(5, 30), attempts(90, 20), "in 10 minutes"),
    ],
)
def test_limits(limits: Limits, before: list[Attempt], words: str | None) -> None:
    found = limits.refusal(before, NOW)
    assert found is None if words is None else words in (found or "")


def metadata(folder: Path, *previous: Any) -> Path:
    path = folder / "submission_metadata.json"
    path.write_text(json.dumps({"created_at": "2026-11-30T04:00:00.123456-08:00", "previous_submissions": previous}))
    return path


def test_what_gradescope_says_of_earlier_uploads(tmp_path: Path) -> None:
    time = "2026-11-30T11:00:00.000000+00:00"
    graded = {"submission_time": time, "score": "3.0", "results": {"tests": [{"score": 3}], "extra_data": {}}}
    others = [
        {"submission_time": time, "score": None, "results": {}},  # the autograder failed
        {"submission_time": time, "results": {"tests": [], "extra_data": {"our_fault": True}}},
        {"submission_time": time, "results": {"tests": [], "extra_data": {REFUSED: True}}},
    ]
    before, now = gradescopes(metadata(tmp_path, graded, *others))
    assert [attempt.results for attempt in before] == [graded["results"]]
    assert (now - before[0].when).total_seconds() == pytest.approx(3600.123456)


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"created_at": "now"}', '{"created_at": 5}'])
def test_what_cannot_be_known_is_a_fault_of_ours_and_no_refusal(tmp_path: Path, text: str) -> None:
    (tmp_path / "m.json").write_text(text)
    with pytest.raises(OurFault):
        gradescopes(tmp_path / "m.json")
    with pytest.raises(OurFault):
        gradescopes(tmp_path / "none.json")

"""How often, and how soon again, a student may have an upload graded. Pure: what was before in, a sentence or None out.

What a fault of ours has spoilt costs no attempt, nor does an upload that was not graded because of these very limits.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from grader.errors import OurFault
from grader.text import counted

REFUSED = "refused"
"""In the results' `extra_data`: that this upload was not graded."""


@dataclass(frozen=True)
class Attempt:
    """An earlier upload that was graded: when, and what came of it."""

    when: datetime
    results: dict[str, Any]


@dataclass(frozen=True)
class Limits:
    """`count`: attempts in all, 0 for any number. `cool_down_min`: minutes between two of them, 0 for none."""

    count: int = 0
    cool_down_min: float = 0.0

    def refusal(self, before: Sequence[Attempt], now: datetime) -> str | None:
        """Why the upload of `now` is not graded, in a sentence for the student; None if it is."""
        if self.count and len(before) >= self.count:
            return f"You have used your {counted(self.count, 'attempt')}; the last one that was graded counts."
        if self.cool_down_min and before:
            ready = max(attempt.when for attempt in before) + timedelta(minutes=self.cool_down_min)
            if now < ready:
                left = max(1, round((ready - now).total_seconds() / 60))
                return f"Not graded: the next attempt may come in {counted(left, 'minute')}. It costs no attempt."
        return None


def gradescopes(path: Path) -> tuple[list[Attempt], datetime]:
    """The earlier attempts and the time of this upload, by Gradescope's submission_metadata.json.

    https://gradescope-autograders.readthedocs.io/en/latest/submission_metadata/

    Raises:
        OurFault: if it is not there or not of that form: nobody is graded by limits that cannot be kept.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        found = [
            Attempt(datetime.fromisoformat(entry["submission_time"]), entry["results"])
            for entry in data.get("previous_submissions") or ()
            if _counts(entry)
        ]
        return sorted(found, key=lambda attempt: attempt.when), datetime.fromisoformat(data["created_at"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise OurFault(f"{path} does not say when this was handed in ({type(error).__name__}).") from None


def _counts(entry: dict[str, Any]) -> bool:
    """Whether an earlier upload was graded: the autograder wrote results, without a fault, and did not refuse it."""
    results = entry.get("results")
    if not isinstance(results, dict) or not isinstance(results.get("tests"), list):
        return False
    extra = results.get("extra_data") or {}
    return not extra.get("our_fault") and not extra.get(REFUSED)

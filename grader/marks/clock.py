"""Spans of time and moments, as a policy and a platform write them. Pure."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

_UNITS: Final = {"minute": 60, "min": 60, "hour": 3600, "h": 3600, "day": 86400, "week": 604800}
_SPAN: Final = re.compile(r"(\d+(?:\.\d+)?) ?(minute|min|hour|h|day|week)s?", re.IGNORECASE)
_LONGEST: Final = timedelta(days=3660)


def span(text: str) -> timedelta:
    """A span such as "15 minutes", "36 hours", "3 days" or "1 week".

    Raises:
        ValueError: if it is none, or is longer than ten years.
    """
    match = _SPAN.fullmatch(text.strip())
    if match is None or float(match[1]) * _UNITS[match[2].casefold()] > _LONGEST.total_seconds():
        raise ValueError(text)
    return timedelta(seconds=float(match[1]) * _UNITS[match[2].casefold()])


def spoken(length: timedelta) -> str:
    """A span in words, to the minute: "2 days 3 h", "1 h 5 min", "under a minute"."""
    minutes = int(length.total_seconds() // 60)
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [f"{days} day{'s' if days != 1 else ''}"] if days else []
    parts += [f"{hours} h"] if hours else []
    parts += [f"{minutes} min"] if minutes and not days else []
    return " ".join(parts) or "under a minute"


def moment(value: datetime | date, zone: tzinfo) -> datetime:
    """A moment that has a zone. One without is the zone's own; a day alone is the end of that day."""
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=zone)
    return datetime.combine(value + timedelta(days=1), time(), zone)


def parsed(text: str, zone: tzinfo) -> datetime:
    """A moment that a platform or a person has written as ISO 8601; without an offset it is the zone's own.

    Raises:
        ValueError: if it is none.
    """
    return moment(datetime.fromisoformat(text), zone)


def late_by(handed_in: datetime, deadline: datetime) -> timedelta:
    """How long after the deadline; negative before it. Counted in real time, whatever clocks were changed between."""
    return handed_in.astimezone(UTC) - deadline.astimezone(UTC)


def shown(value: datetime, zone: tzinfo) -> str:
    """A moment in the policy's zone: 2026-11-20 23:59 CET."""
    return f"{value.astimezone(zone):%Y-%m-%d %H:%M %Z}"

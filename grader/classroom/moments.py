"""When work was handed in, as far as anybody says so, and who says it."""

from __future__ import annotations

from msgspec import Struct


class Moment(Struct, frozen=True, kw_only=True):
    """When a work came.

    Attributes:
        at: ISO 8601; without an offset it is the course's own time. "" if nobody says.
        late: whether the platform says that it was late, by a deadline that only the platform knows.
        source: who says so, as a sentence goes on after "according to".
    """

    at: str = ""
    late: bool = False
    source: str = ""

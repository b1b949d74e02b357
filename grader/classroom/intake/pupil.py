"""A student of a class, with the work that counts: what taking in a class comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from grader.classroom.moments import Moment
from grader.classroom.record import UNKNOWN, Identity
from grader.submissions.work import Work


@dataclass(frozen=True)
class Pupil:
    """A student of the class, with the work that counts.

    Attributes:
        name: unlike every other's.
        works: exercise id → what is to be graded.
        notes: sentences for the instructor.
        together: the others who have handed it in, too.
        late: ids of exercises whose work the platform calls late.
        untouched: ids of exercises whose stub came back as it was handed out.
        identity: what the platform calls the student.
        moments: exercise id → when that came, of those where somebody says so.
    """

    name: str
    works: Mapping[str, Work]
    notes: tuple[str, ...] = ()
    together: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    untouched: tuple[str, ...] = ()
    identity: Identity = UNKNOWN
    moments: Mapping[str, Moment] = field(default_factory=dict)

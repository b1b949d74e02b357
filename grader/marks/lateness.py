"""What it costs that work came late. Nothing that nobody can know is ever a penalty. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from fractions import Fraction

from msgspec import Struct

from grader.classroom.moments import Moment
from grader.marks import clock
from grader.marks.policy import Policy


class Lateness(Struct, frozen=True):
    """What was found about a work's time.

    Attributes:
        cost: the share of the exercise's points that it takes, from 0 to 1.
        sentence: what is known, from whom, and what follows; "" if there is nothing to say.
        doubtful: whether somebody should look: it seems late, and by how much nobody says.
        known: whether it is late by a time that is known, and by more than the grace.
    """

    cost: Fraction = Fraction(0)
    sentence: str = ""
    doubtful: bool = False
    known: bool = False


def lateness(policy: Policy, deadline: datetime | None, moment: Moment | None) -> Lateness:
    """What a work's time means under a policy. Without a deadline, a time, or a cost, nothing is taken.

    Args:
        policy: the course's.
        deadline: this student's, with extensions; it has a zone.
        moment: what is known of when it came.
    """
    if moment is None or not (moment.at or moment.late):
        told = "When it was handed in is not known, so nothing is taken for being late." if deadline else ""
        return Lateness(sentence=told)
    at = _parsed(moment, policy)
    if at is None or deadline is None:
        if not moment.late:
            return Lateness()
        return Lateness(
            sentence=f"Late according to {moment.source}, by how much is not known: nothing is taken.",
            doubtful=policy.late is not None,
        )
    over = clock.late_by(at, deadline)
    came = f"Handed in {clock.shown(at, policy.zone)} according to {moment.source}"
    due = f"due {clock.shown(deadline, policy.zone)}"
    if over <= timedelta():
        return Lateness(sentence=f"{came}, in time ({due}).")
    how_late = f"{came}, {clock.spoken(over)} late ({due})"
    if policy.late is None:
        return Lateness(sentence=f"{how_late}; the policy takes nothing for it.", known=True)
    if over <= policy.late.grace:
        return Lateness(sentence=f"{how_late}, within the grace of {clock.spoken(policy.late.grace)}.")
    units = -(-over // policy.late.unit)
    cost = min(units * policy.late.cost, policy.late.cap, Fraction(1))
    capped = ", the most it may cost" if units * policy.late.cost > cost else ""
    each = f"{float(100 * policy.late.cost):g} %"
    begun = f"{units} begun {policy.late.per}{'s' if units != 1 else ''} at {each}"
    told = f"{how_late}: {begun}, {float(100 * cost):g} % of the points{capped}."
    return Lateness(cost=cost, sentence=told, known=True)


def _parsed(moment: Moment, policy: Policy) -> datetime | None:
    try:
        return clock.parsed(moment.at, policy.zone) if moment.at else None
    except ValueError:
        return None

"""From checks to a mark, exactly and step by step. Pure: a policy, verdicts, times and words in, a mark out.

All sums are of fractions, so that no order of adding matters and nothing is lost; numbers are rounded once, at the end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from msgspec import Struct
from msgspec.structs import replace

from grader.classroom.moments import Moment
from grader.classroom.record import ExerciseInfo
from grader.marks.lateness import Lateness, lateness
from grader.marks.policy import Policy
from grader.marks.words import Word, standing
from grader.results import Report, Status
from grader.text import one_line


class Step(Struct, frozen=True):
    """A line on the way: what happens, and what it adds; None where it only says something."""

    text: str
    adds: Fraction | None = None


class Worth(Struct, frozen=True, kw_only=True):
    """What one exercise is worth to a student.

    Attributes:
        points: after adjustments and lateness, never below 0 or above `possible`; None while something of ours failed.
        possible: what could be had.
        verdict: what the verdict alone gave.
        weight: what full points add to the mark.
        extra: whether it is extra credit.
        dropped: whether a better one counts in its place.
        steps: how the points came about.
        late: what was found about its time.
    """

    exercise: ExerciseInfo
    points: Fraction | None
    possible: Fraction
    verdict: Fraction
    weight: Fraction
    extra: bool = False
    dropped: bool = False
    handed_in: bool = True
    steps: tuple[Step, ...] = ()
    late: Lateness = Lateness()

    @property
    def share(self) -> Fraction:
        """Of what could be had, from 0 to 1; 0 if nothing could be, or while it is open."""
        return self.points / self.possible if self.points is not None and self.possible else Fraction(0)

    @property
    def adds(self) -> Fraction:
        """What it adds to the mark, in weights."""
        return Fraction(0) if self.dropped else self.share * self.weight


class Mark(Struct, frozen=True, kw_only=True):
    """What a course makes of a student's verdicts.

    Attributes:
        value: the mark; None while something of ours failed, so that nobody takes an unfinished sum for a mark.
        out_of: what everything right comes to.
        grade: its name on the policy's scale, "" without one.
        worths: each exercise's part, in the course's order.
        steps: from these parts to the mark.
    """

    value: Fraction | None
    out_of: Fraction
    grade: str = ""
    worths: tuple[Worth, ...] = ()
    steps: tuple[Step, ...] = ()


def mark_of(
    policy: Policy,
    exercises: Sequence[ExerciseInfo],
    student: str,
    reports: Mapping[str, Report],
    moments: Mapping[str, Moment],
    words: Iterable[Word],
) -> Mark:
    """The mark of one student.

    Args:
        policy: the course's.
        exercises: that the class is graded on.
        student: the name, which extensions are looked up by.
        reports: exercise id → the verdict that counts.
        moments: exercise id → what is known of when it came.
        words: all that was said of this student; only adjustments that stand are counted.
    """
    said: dict[str, list[Word]] = defaultdict(list)
    for word in standing(words):
        if word.kind == "points":
            said[word.exercise].append(word)
    worths = tuple(
        worth_of(policy, info, student, reports.get(info.id), moments.get(info.id), said[info.id]) for info in exercises
    )
    return _together(policy, _without_dropped(policy, worths), said[""])


def worth_of(
    policy: Policy,
    info: ExerciseInfo,
    student: str,
    report: Report | None,
    moment: Moment | None,
    adjustments: Sequence[Word],
) -> Worth:
    """What one exercise is worth: the verdict, what persons add, and what being late takes, within 0 and all points."""
    possible = exact(info.points if report is None else report.points)
    verdict = Fraction(0) if report is None else exact(report.earned)
    steps = [_verdict_step(report, verdict, possible)]
    points = verdict
    for text, adds in _of_checks(report, [word for word in adjustments if word.check]):
        steps.append(Step(text, adds))
        points += adds
    for word in (word for word in adjustments if not word.check):
        steps.append(Step(_said(word, ""), word.worth))
        points += word.worth
    points = _held(points, possible, steps, "points")
    late = lateness(policy, policy.deadline(student, info.id), moment) if report is not None else Lateness()
    if late.sentence:
        taken = min(points, late.cost * possible)
        steps.append(Step(late.sentence, -taken if taken else None))
        points -= taken
    weight = policy.weights.get(info.id, possible)
    return Worth(
        exercise=info,
        points=None if report is not None and report.our_fault else points,
        possible=possible,
        verdict=verdict,
        # What could not be asked of anybody on that machine counts neither for nor against.
        weight=weight if possible else Fraction(0),
        extra=info.id in policy.extra,
        handed_in=report is not None,
        steps=tuple(steps),
        late=late,
    )


def _verdict_step(report: Report | None, verdict: Fraction, possible: Fraction) -> Step:
    if report is None:
        return Step(f"Nothing was handed in: 0 of {number(possible)} points.", verdict)
    if report.our_fault:
        return Step("Something of ours failed: it is open until the work is graded again.", verdict)
    return Step(f"The verdict: {number(verdict)} of {number(possible)} points.", verdict)


def _of_checks(report: Report | None, adjustments: Sequence[Word]) -> Iterable[tuple[str, Fraction]]:
    """What words about checks add: a check never gives less than 0 or more than its points."""
    results = {result.id: result for result in report.checks} if report is not None else {}
    added: dict[str, Fraction] = defaultdict(Fraction)
    for word in adjustments:
        added[word.check] += word.worth
    for word in adjustments:
        result = results.get(word.check)
        if result is None or result.status is Status.NOT_GRADABLE:
            yield f"{_said(word, word.check)} The check is not asked now: it changes nothing.", Fraction(0)
            continue
        yield _said(word, result.title), word.worth
    for check, sum_ in added.items():
        if (result := results.get(check)) is None or result.status is Status.NOT_GRADABLE:
            continue
        before = exact(result.earned)
        after = min(max(before + sum_, Fraction(0)), exact(result.points))
        if excess := after - before - sum_:
            yield f"“{result.title}” gives from 0 to {number(exact(result.points))} points.", excess


def _said(word: Word, title: str) -> str:
    why = f": {one_line(word.text).rstrip('.')}" if word.text else ""
    about = f"“{title}”: " if title else ""
    return f"{about}{one_line(word.who)}, {word.at[:10]}{why}."


def _held(points: Fraction, most: Fraction, steps: list[Step], what: str) -> Fraction:
    """The points within 0 and the most there are; a step says so where that changes them."""
    held = min(max(points, Fraction(0)), most)
    if held != points:
        bound = (
            f"More than {number(most)} {what} cannot be had." if points > most else f"Fewer than 0 {what} cannot be."
        )
        steps.append(Step(bound, held - points))
    return held


def _without_dropped(policy: Policy, worths: tuple[Worth, ...]) -> tuple[Worth, ...]:
    """The worths, those marked that a better one of their best-of replaces."""
    dropped: dict[str, tuple[int, int]] = {}
    for keep, ids in policy.best:
        among = [worth for worth in worths if worth.exercise.id in ids and worth.possible]
        # Of equal shares the one that counts more stays, then the earlier; what is still open may become anything.
        best = sorted(among, key=lambda worth: (worth.points is not None, -worth.share, -worth.weight))
        dropped |= {worth.exercise.id: (keep, len(ids)) for worth in best[keep:]}
    return tuple(
        worth if worth.exercise.id not in dropped else _dropped(worth, *dropped[worth.exercise.id]) for worth in worths
    )


def _dropped(worth: Worth, keep: int, of: int) -> Worth:
    text = f"The best {keep} of {of} count, and this is none of them."
    return replace(worth, dropped=True, steps=(*worth.steps, Step(text)))


def _together(policy: Policy, worths: tuple[Worth, ...], adjustments: Sequence[Word]) -> Mark:
    whole = sum((w.weight for w in worths if not w.extra and not w.dropped), Fraction(0))
    out_of = policy.out_of if policy.out_of is not None else whole
    scale = out_of / whole if whole else Fraction(0)
    steps, value = [], Fraction(0)
    for worth in worths:
        adds = worth.adds * scale
        value += adds
        steps.append(Step(_part(worth, scale), None if worth.dropped or worth.points is None else adds))
    for word in adjustments:
        steps.append(Step(f"The mark: {_said(word, '')}", word.worth))
        value += word.worth
    most = policy.cap if policy.cap is not None else out_of
    value = _held(value, most, steps, "points of the mark")
    if policy.step is not None:
        rounded = min(_rounded(value, policy), most)
        if rounded != value:
            where = {"up": "up", "down": "down"}.get(policy.rounding, "to the nearest")
            steps.append(Step(f"Rounded {where}, in steps of {number(policy.step)}.", rounded - value))
        value = rounded
    if any(worth.points is None and not worth.dropped for worth in worths):
        steps.append(Step("Something of ours failed, so the mark stays open until that work is graded again."))
        return Mark(value=None, out_of=out_of, worths=worths, steps=tuple(steps))
    grade = next((grade for least, grade in policy.scale if value >= least), "")
    return Mark(value=value, out_of=out_of, grade=grade, worths=worths, steps=tuple(steps))


def _part(worth: Worth, scale: Fraction) -> str:
    name = f"{worth.exercise.label}, {worth.exercise.title}"
    if worth.dropped:
        return f"{name}: does not count."
    if worth.points is None:
        return f"{name}: open."
    counts = worth.weight * scale
    scaled = f", which count up to {number(counts)}" if counts != worth.possible else ""
    extra = ", extra credit" if worth.extra else ""
    return f"{name}: {number(worth.points)} of {number(worth.possible)} points{scaled}{extra}."


def _rounded(value: Fraction, policy: Policy) -> Fraction:
    step = policy.step or Fraction(1)
    steps = value / step
    match policy.rounding:
        case "up":
            return ceil(steps) * step
        case "down":
            return floor(steps) * step
        case _:
            return floor(steps + Fraction(1, 2)) * step


def exact(value: float) -> Fraction:
    """A number of points as it is written: 0.1 is a tenth."""
    return Fraction(int(value)) if value == int(value) else Fraction(Decimal(repr(value)))


def number(value: Fraction) -> str:
    """A number for people: at most four places, none that is not needed."""
    return f"{float(round(value, 4)):.10g}"

"""`policy.toml`: what a course makes of verdicts. Each mistake in it is told in one sentence that names its place."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Final, Literal
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Meta, Struct

from grader.errors import UsageError
from grader.marks import clock

FILE: Final = "policy.toml"
SIZE_CAP: Final = 1 << 20
_Percent = Annotated[float, Meta(ge=0, le=100)]
_Positive = Annotated[float, Meta(gt=0, le=1_000_000)]


class LateTable(Struct, frozen=True, forbid_unknown_fields=True):
    """What it costs to be late: `cost` per cent of an exercise's points for each day or hour that has begun."""

    cost: _Percent
    per: Literal["day", "hour"] = "day"
    grace: str = "0 minutes"
    """Up to so long after the deadline costs nothing; whoever is later is late from the deadline on."""
    cap: _Percent = 100.0
    """At most so much, in per cent of the exercise's points."""


class ExerciseTable(Struct, frozen=True, forbid_unknown_fields=True):
    """What holds for one exercise."""

    deadline: datetime | None = None
    weight: _Positive | None = None
    """What full points add to the mark; unless said, the exercise's points."""
    extra: bool = False
    """Extra credit: it adds to what was earned, and not to what could be."""


class BestTable(Struct, frozen=True, forbid_unknown_fields=True):
    """Of these exercises only the `keep` with the highest shares count."""

    keep: Annotated[int, Meta(ge=1)]
    of: Annotated[list[str], Meta(min_length=2)]


class ExtensionTable(Struct, frozen=True, forbid_unknown_fields=True):
    """More time for a student: `by` a span, or `until` a moment; for one exercise, or for all."""

    student: str
    exercise: str = ""
    by: str = ""
    until: datetime | None = None


class MarkTable(Struct, frozen=True, forbid_unknown_fields=True):
    """How the final number is written."""

    out_of: _Positive | None = None
    """What everything right comes to; unless said, the sum of the weights."""
    cap: _Positive | None = None
    """No mark is above it, with extra credit either; unless said, `out_of`."""
    step: _Positive | None = None
    """Marks are multiples of it."""
    rounding: Literal["nearest", "up", "down"] = "nearest"
    """To which of two multiples; `nearest` takes the upper one of two that are equally near."""


class GradeTable(Struct, frozen=True, forbid_unknown_fields=True):
    """From this mark on, the grade is called so."""

    at_least: Annotated[float, Meta(ge=0)]
    grade: Annotated[str, Meta(min_length=1, max_length=40)]


class PolicyTable(Struct, frozen=True, forbid_unknown_fields=True):
    """A whole `policy.toml`."""

    timezone: str = "UTC"
    """Of every time that names none, as the IANA calls it: Europe/Berlin."""
    deadline: datetime | None = None
    """Of every exercise that has none of its own."""
    late: LateTable | None = None
    exercises: dict[str, ExerciseTable] = {}
    best: list[BestTable] = []
    extensions: list[ExtensionTable] = []
    mark: MarkTable = MarkTable()
    scale: list[GradeTable] = []


class Late(Struct, frozen=True):
    """What being late costs, exactly: shares of an exercise's points, and spans."""

    cost: Fraction
    unit: timedelta
    grace: timedelta
    cap: Fraction
    per: str


class Policy(Struct, frozen=True, kw_only=True):
    """A policy that makes sense: exercises are ids of the course, moments have zones, numbers are exact."""

    zone: tzinfo
    deadlines: Mapping[str, datetime] = {}
    late: Late | None = None
    weights: Mapping[str, Fraction] = {}
    extra: frozenset[str] = frozenset()
    best: tuple[tuple[int, tuple[str, ...]], ...] = ()
    extensions: Mapping[tuple[str, str], tuple[timedelta | datetime, ...]] = {}
    """(student, exercise or "") → each that was given: the latest deadline that they make counts."""
    out_of: Fraction | None = None
    cap: Fraction | None = None
    step: Fraction | None = None
    rounding: str = "nearest"
    scale: tuple[tuple[Fraction, str], ...] = ()
    """The highest first."""

    def deadline(self, student: str, exercise: str) -> datetime | None:
        """When this student's work for an exercise was due, with every extension; None if nobody has said."""
        common = self.deadlines.get(exercise)
        given = [*self.extensions.get((student, ""), ()), *self.extensions.get((student, exercise), ())]
        if common is None:
            return None
        return max([common, *(common + more if isinstance(more, timedelta) else more for more in given)], key=_utc)


NONE: Final = Policy(zone=UTC)
"""Where nobody has written a policy: the mark is the sum of the points."""


def read(path: Path) -> str:
    """The text of a policy's file.

    Raises:
        UsageError: if it cannot be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from None
    if len(data) > SIZE_CAP:
        raise UsageError(f"{path} is larger than 1 MB, which no policy is.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(f"{path} is not UTF-8 text. Save it as UTF-8.") from None


def parse(text: str, exercises: Mapping[str, str], name: str = FILE) -> Policy:
    """The policy that a text says.

    Args:
        text: TOML.
        exercises: every way to call an exercise, such as ex13, → its id.
        name: what the file is called in sentences about mistakes.

    Raises:
        UsageError: one sentence about the first mistake.
    """
    try:
        table = msgspec.convert(_whole_days(tomllib.loads(text)), PolicyTable)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{name} is not TOML: {str(error)[:1].lower()}{str(error)[1:]}.") from None
    except msgspec.ValidationError as error:
        raise UsageError(f"{name}: {_sentence(str(error))}") from None
    return _Reader(name, exercises).policy(table)


class _Reader:
    """Makes sense of a policy's tables."""

    def __init__(self, name: str, exercises: Mapping[str, str]) -> None:
        self._name, self._exercises = name, exercises

    def policy(self, table: PolicyTable) -> Policy:
        zone = self._zone(table.timezone)
        known = dict.fromkeys(self._exercises.values())
        own = {self._exercise(called, f"exercises.{called}"): entry for called, entry in table.exercises.items()}
        if len(own) < len(table.exercises):
            raise self._wrong("two tables under exercises speak of the same exercise. Make them one.")
        due = {id_: own[id_].deadline if id_ in own and own[id_].deadline else table.deadline for id_ in known}
        extra = frozenset(id_ for id_, entry in own.items() if entry.extra)
        mark = table.mark
        if mark.cap is not None and mark.out_of is None:
            raise self._wrong("mark.cap needs mark.out_of: say what everything right comes to.")
        if mark.cap is not None and mark.out_of is not None and mark.cap < mark.out_of:
            raise self._wrong(f"mark.cap is {mark.cap:g}, below mark.out_of: nobody could reach {mark.out_of:g}.")
        return Policy(
            zone=zone,
            deadlines={id_: clock.moment(when, zone) for id_, when in due.items() if when is not None},
            late=self._late(table.late),
            weights={id_: _exact(entry.weight) for id_, entry in own.items() if entry.weight is not None},
            extra=extra,
            best=self._best(table.best, extra),
            extensions=self._extensions(table.extensions, zone),
            out_of=_exact_or_none(mark.out_of),
            cap=_exact_or_none(mark.cap),
            step=_exact_or_none(mark.step),
            rounding=mark.rounding,
            scale=self._scale(table.scale),
        )

    def _wrong(self, what: str) -> UsageError:
        return UsageError(f"{self._name}: {what}")

    def _zone(self, name: str) -> tzinfo:
        if name == "UTC":
            return UTC
        try:
            return ZoneInfo(name)
        except (OSError, ValueError, KeyError):
            raise self._wrong(
                f"timezone {name!r} is not known here. Write one as the IANA does, such as Europe/Berlin."
            ) from None

    def _exercise(self, called: str, where: str) -> str:
        found = self._exercises.get(called) or self._exercises.get(called.casefold())
        if found is None:
            known = ", ".join(sorted(set(self._exercises.values()))[:4])
            raise self._wrong(f"{where} names no exercise of the course. They are called {known}, …")
        return found

    def _span(self, text: str, where: str) -> timedelta:
        try:
            return clock.span(text)
        except ValueError:
            raise self._wrong(f'{where} is {text!r}. Write a span such as "15 minutes" or "3 days".') from None

    def _late(self, table: LateTable | None) -> Late | None:
        if table is None:
            return None
        return Late(
            cost=_exact(table.cost) / 100,
            unit=timedelta(days=1) if table.per == "day" else timedelta(hours=1),
            grace=self._span(table.grace, "late.grace"),
            cap=_exact(table.cap) / 100,
            per=table.per,
        )

    def _best(self, tables: list[BestTable], extra: frozenset[str]) -> tuple[tuple[int, tuple[str, ...]], ...]:
        taken: set[str] = set()
        found = []
        for number, table in enumerate(tables):
            where = f"best[{number}]"
            ids = [self._exercise(called, f"{where}.of: {called!r}") for called in table.of]
            if twice := [id_ for id_ in ids if id_ in taken or ids.count(id_) > 1]:
                raise self._wrong(f"{where} names {twice[0]}, which is in a best-of already. Name each exercise once.")
            if both := [id_ for id_ in ids if id_ in extra]:
                raise self._wrong(f"{where} names {both[0]}, which is extra credit: nothing is lost by leaving it out.")
            if table.keep >= len(ids):
                raise self._wrong(f"{where} keeps {table.keep} of {len(ids)}: nothing would be left out. Keep fewer.")
            taken |= set(ids)
            found.append((table.keep, tuple(ids)))
        return tuple(found)

    def _extensions(
        self, tables: list[ExtensionTable], zone: tzinfo
    ) -> dict[tuple[str, str], tuple[timedelta | datetime, ...]]:
        found: dict[tuple[str, str], tuple[timedelta | datetime, ...]] = {}
        for number, table in enumerate(tables):
            where = f"extensions[{number}]"
            if bool(table.by) == (table.until is not None):
                raise self._wrong(f'{where} needs one of by = "3 days" and until = 2026-11-30, and not both.')
            id_ = self._exercise(table.exercise, f"{where}.exercise") if table.exercise else ""
            until = table.until
            more = self._span(table.by, f"{where}.by") if until is None else clock.moment(until, zone)
            found[table.student, id_] = (*found.get((table.student, id_), ()), more)
        return found

    def _scale(self, tables: list[GradeTable]) -> tuple[tuple[Fraction, str], ...]:
        found = sorted(((_exact(entry.at_least), entry.grade) for entry in tables), reverse=True)
        for (one, first), (other, second) in pairwise(found):
            if one == other:
                raise self._wrong(f"scale: {second!r} and {first!r} begin at the same mark, {float(one):g}.")
        if found and found[-1][0] != 0:
            raise self._wrong(f"scale begins at {float(found[-1][0]):g}: say with at_least = 0 what is below it.")
        return tuple(found)


def _whole_days(data: dict[str, Any]) -> dict[str, Any]:
    """Days as the end of the day, in the places where a moment is meant."""

    def moved(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: moved(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [moved(inner) for inner in value]
        if isinstance(value, date) and not isinstance(value, datetime):
            return datetime.combine(value + timedelta(days=1), datetime.min.time()) if value < date.max else value
        return value

    return {key: moved(value) for key, value in data.items()}


def _exact(value: float) -> Fraction:
    """The number as it was written: 0.1 is a tenth."""
    return Fraction(Decimal(repr(value)))


def _exact_or_none(value: float | None) -> Fraction | None:
    return None if value is None else _exact(value)


def _utc(value: datetime) -> datetime:
    return value.astimezone(UTC)


_TYPES: Final = {
    "str": "a text in quotes", "float": "a number", "int": "a whole number", "bool": "true or false",
    "datetime": "a time such as 2026-11-20T23:59:00, without quotes", "object": "a table", "array": "a list",
}  # fmt: skip


def _sentence(error: str) -> str:
    """msgspec's words about a mistake, for a person who writes TOML."""
    what, _, path = error.partition(" - at `$")
    place = re.sub(r"\[\.\.\.\]", "", path.rstrip("`").lstrip("."))
    if match := re.fullmatch(r"Object contains unknown field `(.*)`", what, re.DOTALL):
        return f"there is no key {match[1]!r}{f' in {place}' if place else ''}. Look up its name, or leave it out."
    if match := re.fullmatch(r"Object missing required field `(.*)`", what):
        return f"{place} needs the key {match[1]!r}."
    if match := re.fullmatch(r"Invalid enum value (.*)", what):
        choice = {"late.per": '"day" or "hour"', "mark.rounding": '"nearest", "up" or "down"'}.get(place, "another")
        return f"{place} is {match[1]}. Write {choice}."
    if "datetime" in what:
        return f"{place} should be {_TYPES['datetime']}."
    if match := re.fullmatch(r"Expected `(\w+)(?: \| null)?`(?:, got `\w+`)?( of length)?(?: ([<>]=?) (.+))?", what):
        bound = {">=": "at least", "<=": "at most", ">": "above", "<": "below", None: ""}[match[3]]
        things = " characters" if match[1] == "str" else " things"
        of = "" if match[3] in (">", "<") else "of "
        limit = f" {of}{bound} {float(match[4]):g}{things if match[2] else ''}" if bound else ""
        return f"{place} should be {_TYPES.get(match[1], match[1])}{limit}."
    return f"{place or 'the file'}: {what}."

"""`times.csv`, or a grading worksheet of Moodle: when work came, as a person or Moodle says it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from msgspec import Struct

from grader.classroom.moments import Moment
from grader.errors import UsageError

FILE: Final = "times.csv"
SIZE_CAP: Final = 64 << 20
_MOODLE: Final = ("Identifier", "Full name", "Last modified (submission)")
_MOODLES_TIME: Final = ("%A, %d %B %Y, %I:%M %p", "%A, %d %B %Y, %H:%M", "%d %B %Y, %I:%M %p", "%d %B %Y, %H:%M")
_MOODLES_PERSON: Final = re.compile(r"\D*(\d+)")


class Told(Struct, frozen=True):
    """A row of such a file.

    Attributes:
        where: the file and its line.
        names: what the student may be called in the class.
        exercise: what the exercise is called; "": all of the student's.
        moment: when it came.
    """

    where: str
    names: tuple[str, ...]
    exercise: str
    moment: Moment


def read(path: Path) -> list[Told]:
    """The rows of a file.

    Raises:
        UsageError: one sentence about the first mistake.
    """
    try:
        if path.stat().st_size > SIZE_CAP:
            raise UsageError(f"{path} is larger than {SIZE_CAP >> 20} MB.")
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise UsageError(f"{path} is not UTF-8 text. Save it as CSV UTF-8.") from None
    return list(parse(text, path.name))


def parse(text: str, name: str = FILE) -> Iterator[Told]:
    """The rows of a text; see `read`."""
    rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        columns = rows.fieldnames or ()
        if set(_MOODLE) <= set(columns):
            row_of: Callable[[Mapping[str, str], str], Told | None] = _of_moodle
        elif {"student", "time"} <= set(columns):
            row_of = _of_person
        else:
            raise UsageError(
                f"{name} needs the columns student, exercise and time, or to be a grading worksheet of Moodle."
            )
        for row in rows:
            where = f"{name}, line {rows.line_num}"
            if None in row or None in row.values():
                raise UsageError(f"{where} has other cells than the first line names.")
            if (told := row_of(row, where)) is not None:
                yield told
    except csv.Error as error:
        raise UsageError(f"{name} is not CSV that can be read, near line {rows.line_num}: {error}.") from None


def told_of(
    rows: Sequence[Told], students: Sequence[str], exercises: Sequence[str], exercise_id: Callable[[str], str]
) -> tuple[dict[tuple[str, str], Moment], list[str]]:
    """(student, exercise id) → moment, and a sentence for each row that speaks of nobody here.

    Args:
        rows: the file's.
        students: their names in the class.
        exercises: ids that a row without an exercise speaks of.
        exercise_id: finds an exercise by what it is called.

    Raises:
        UsageError: if a row names an exercise that there is not.
    """
    found: dict[tuple[str, str], Moment] = {}
    doubts, known = [], set(students)
    # What is said of one exercise counts before what is said of all.
    for told in sorted(rows, key=lambda told: bool(told.exercise)):
        student = next((name for name in told.names if name in known), None)
        if student is None:
            doubts.append(f"{told.where}: there is no student {told.names[-1]!r} in the class.")
            continue
        try:
            ids = [exercise_id(told.exercise)] if told.exercise else exercises
        except UsageError as error:
            raise UsageError(f"{told.where}: {error}") from None
        found |= {(student, id_): told.moment for id_ in ids}
    return found, doubts


def _of_person(row: Mapping[str, str], where: str) -> Told | None:
    text = row["time"].strip()
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text).isoformat()
    except ValueError:
        raise UsageError(f"{where}: {text!r} is no time. Write for example 2026-11-20 10:11.") from None
    return Told(where, (row["student"].strip(),), row.get("exercise", "").strip(), Moment(at=at, source=where))


def _of_moodle(row: Mapping[str, str], where: str) -> Told | None:
    _, name_column, time_column = _MOODLE
    text, name = row[time_column].strip(), row[name_column].strip()
    if not text or text == "-":
        return None
    person = _MOODLES_PERSON.fullmatch(row["Identifier"].strip())
    names = (f"{name} ({person[1]})", name) if person else (name,)
    for form in _MOODLES_TIME:
        try:
            at = datetime.strptime(text, form).isoformat()
        except ValueError:
            continue
        return Told(where, names, "", Moment(at=at, source=f"Moodle's worksheet ({where})"))
    raise UsageError(f"{where}: the time {text!r} is not in English. Set Moodle to English, or write a times.csv.")

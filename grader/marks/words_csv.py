"""`adjustments.csv`: every word that persons said, out of `grades.db` and into it again.

A row whose id is known already is the word that is there, and is passed over; a row without an id is a new word, which
is how a spreadsheet of points that somebody wrote by hand comes in.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, get_args

from msgspec.structs import replace

from grader.errors import UsageError
from grader.marks.journal import new_id, now
from grader.marks.words import Beneath, Kind, Word, comment_of, points_of

FILE: Final = "adjustments.csv"
SIZE_CAP: Final = 64 << 20
COLUMNS: Final = (
    "id", "at", "who", "kind", "student", "exercise", "check", "points", "text", "withdraws", "batch",
    "attempt then", "earned then", "status then",
)  # fmt: skip
_NEEDED: Final = {"student"}
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "|", "%", "\t", "\r")
_BYTE_ORDER_MARK: Final = "\ufeff"


def written(words: Sequence[Word]) -> str:
    """All words as CSV with a byte order mark: every text quoted, none a formula."""
    file = io.StringIO()
    file.write(_BYTE_ORDER_MARK)
    writer = csv.writer(file, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    for word in words:
        beneath = word.beneath
        then = (beneath.attempt, f"{beneath.earned:g}", beneath.status) if beneath else ("", "", "")
        cells = (
            word.id, word.at, word.who, word.kind, word.student, word.exercise, word.check, None, word.text,
            word.withdraws, word.batch, *then,
        )  # fmt: skip
        # Points are a number to a spreadsheet, also where they begin with a minus.
        writer.writerow([word.points if cell is None else _neutral(str(cell)) for cell in cells])
    return file.getvalue()


def read(
    text: str, kept: Sequence[Word], who: str, exercise_id: Callable[[str], str], students: Mapping[str, object]
) -> list[Word]:
    """The words of a file that are not kept yet, in its order.

    Args:
        text: the file's content.
        kept: those that are in the journal.
        who: the person, where a row does not say.
        exercise_id: finds an exercise by what it is called; raises UsageError.
        students: the class's, by name.

    Raises:
        UsageError: one sentence about the first row that cannot be used; nothing of the file is then.
    """
    rows = csv.DictReader(io.StringIO(text.removeprefix(_BYTE_ORDER_MARK), newline=""), strict=True)
    known, found, batch = {word.id: word for word in kept}, [], new_id()
    try:
        if missing := _NEEDED - set(rows.fieldnames or ()):
            raise UsageError(f"{FILE} has no column {missing.pop()!r}. Its first line must name: {', '.join(COLUMNS)}.")
        if unknown := [name for name in rows.fieldnames or () if name not in (*COLUMNS, "number")]:
            raise UsageError(f"{FILE} has a column {unknown[0]!r}, which means nothing here. Take it out.")
        for row in rows:
            where = f"{FILE}, line {rows.line_num}"
            if None in row or None in row.values():
                raise UsageError(f"{where} has other cells than the first line names.")
            try:
                word = _word({key: _told(value) for key, value in row.items()}, who, batch, exercise_id)
            except (UsageError, ValueError) as error:
                raise UsageError(f"{where}: {error}") from None
            if word.student not in students:
                raise UsageError(f"{where}: there is no student {word.student!r} in the class.")
            if (same := known.get(word.id)) is None:
                known[word.id] = word
                found.append(word)
            elif replace(same, number=0) != replace(word, number=0):
                raise UsageError(f"{where} says otherwise than the word that is kept. Empty its id to add another.")
    except csv.Error as error:
        raise UsageError(f"{FILE} is not CSV that can be read, near line {rows.line_num}: {error}.") from None
    return found


def read_file(path: Path) -> str:
    """The text of such a file.

    Raises:
        UsageError: if it cannot be read.
    """
    try:
        if path.stat().st_size > SIZE_CAP:
            raise UsageError(f"{path} is larger than {SIZE_CAP >> 20} MB.")
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise UsageError(f"{path} is not UTF-8 text. Save it as CSV UTF-8.") from None


def _word(row: Mapping[str, str], who: str, batch: str, exercise_id: Callable[[str], str]) -> Word:
    def cell(name: str) -> str:
        return row.get(name, "").strip()

    points, text = cell("points"), row.get("text", "").strip()
    given = cell("kind") or ("points" if points else "comment")
    kind = next((kind for kind in get_args(Kind) if kind == given), None)
    if kind is None or (kind == "withdrawal") != bool(cell("withdraws")):
        raise UsageError(f"{given!r} is no kind of word: points, comment, note, or withdrawal with what it withdraws.")
    exercise = cell("exercise")
    points = points_of(points) if kind == "points" else ""
    text = comment_of(text) if text or kind in ("comment", "note") else ""
    return Word(
        id=cell("id") or new_id(),
        batch=cell("batch") or batch,
        at=_moment(cell("at")),
        who=cell("who") or who,
        kind=kind,
        student=row["student"],
        exercise=exercise_id(exercise) if exercise else "",
        check=cell("check"),
        points=points,
        text=text,
        withdraws=cell("withdraws") if kind == "withdrawal" else "",
        beneath=_beneath(cell("attempt then"), cell("earned then"), cell("status then")),
    )


def _moment(text: str) -> str:
    if not text:
        return now()
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text!r} is no time. Write for example 2026-11-20T10:00:00+00:00.") from None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).isoformat(timespec="seconds")


def _beneath(attempt: str, earned: str, status: str) -> Beneath | None:
    if not attempt:
        return None
    try:
        return Beneath(int(attempt), float(earned), status)
    except ValueError:
        raise UsageError("“attempt then” and “earned then” are numbers, or both empty.") from None


def _neutral(text: str) -> str:
    """The text, with an apostrophe before it if a spreadsheet would take it for a formula, or it has one already."""
    return f"'{text}" if text.lstrip().startswith(_FORMULA_STARTS) or text.startswith("'") else text


def _told(cell: str) -> str:
    """What stood there before `_neutral`."""
    inner = cell.removeprefix("'")
    return inner if cell == _neutral(inner) else cell

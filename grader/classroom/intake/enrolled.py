"""Who is enrolled: a roster says what gradebooks know each student by, and who has handed in nothing."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from msgspec.structs import asdict
from msgspec.structs import replace as with_facts

from grader.classroom.intake.items import Found, Item, Unreadable
from grader.classroom.intake.layouts import ROSTER
from grader.classroom.intake.pupil import Pupil
from grader.classroom.record import Identity
from grader.errors import UsageError
from grader.text import one_line

LARGEST: Final = 4 << 20
"""Bytes of a roster: some 40,000 students."""
_COLUMNS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("student", "name", "full name", "student name"), "name"),
    **dict.fromkeys(("id", "identifier", "participant"), "id"),
    **dict.fromkeys(("sid", "sis user id", "student id", "id number", "student number"), "sid"),
    **dict.fromkeys(("sis login id", "login", "username", "user name", "github_username"), "login"),
    **dict.fromkeys(("email", "e-mail", "email address", "e-mail address"), "email"),
    **dict.fromkeys(("section", "sections", "group"), "section"),
    **dict.fromkeys(("first name", "first_name"), "first"),
    **dict.fromkeys(("last name", "last_name", "surname"), "last"),
}
"""Heads of columns, as Canvas's, Moodle's and Gradescope's own files and plain lists have them."""
_NOBODY: Final = ("points possible", "student, test", "test student")
"""What Canvas's export has between the students."""


def roster_in(items: Iterable[Item]) -> tuple[Identity, ...]:
    """The people of the `roster.csv` that lies beside the students' work; none without one.

    Raises:
        UsageError: if it is there and cannot be read.
    """
    for item in items:
        if isinstance(item, Found) and item.parts == (ROSTER,):
            try:
                with item.open() as file:
                    return people(file.read(LARGEST + 1), ROSTER)
            except Unreadable as error:
                raise UsageError(f"{ROSTER} {error}.") from None
    return ()


def roster_at(path: Path) -> tuple[Identity, ...]:
    """The people of a roster.

    Raises:
        UsageError: if it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return people(file.read(LARGEST + 1), str(path))
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from None


def people(data: bytes, name: str) -> tuple[Identity, ...]:
    """A roster's people, in its order; it may be a gradebook or a worksheet as a platform exports them.

    Raises:
        UsageError: if it is no CSV in UTF-8 with a row of heads, or says nothing to know anybody by.
    """
    try:
        if len(data) > LARGEST:
            raise UsageError(f"{name} has more than {LARGEST >> 20} MB, and a roster is a few kilobytes.")
        text = data.decode("utf-8-sig")
        first = text.split("\n", 1)[0]
        separator = max(",;\t", key=first.count)
        rows = list(csv.reader(io.StringIO(text), delimiter=separator))
    except (UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{name} is no CSV in UTF-8 ({error}). Export or save it again as CSV UTF-8.") from None
    heads = [_COLUMNS.get(" ".join(head.split()).casefold(), "") for head in rows[0]] if rows else []
    if not {"name", "last", "id", "sid", "login", "email"} & set(heads):
        raise UsageError(f"{name}: its first row must name columns such as name, id, sid, login, email, section.")
    found = (_person(dict(zip(heads, row, strict=False))) for row in rows[1:])
    return tuple(person for person in found if person is not None)


def _person(cells: Mapping[str, str]) -> Identity | None:
    texts = {head: one_line(text.strip()) for head, text in cells.items() if head}
    name = texts.get("name") or f"{texts.pop('first', '')} {texts.pop('last', '')}".strip()
    if name.casefold() in _NOBODY:
        return None
    number = re.sub(r"^\D+(?=\d+$)", "", texts.get("id", ""))  # Moodle writes "Participant 123"
    kept = {field: texts.get(field, "") for field in ("sid", "login", "email", "section")}
    return Identity(name=name, id=number, **kept) if name or number or any(kept.values()) else None


def with_roster(pupils: Iterable[Pupil], roster: Sequence[Identity]) -> Iterator[Pupil]:
    """The students, each with what the roster says of them, and those who have handed in nothing.

    Numbers and addresses are compared first, then names in either order. Where two fit, or nobody does, a note says so.
    """
    if not roster:
        yield from pupils
        return
    by: dict[str, list[Identity]] = defaultdict(list)
    for person in roster:
        for key in _keys(person):
            by[key].append(person)
    found, names = set(), set()
    for pupil in pupils:
        names.add(pupil.name)
        candidates = next((by[key] for key in _asked(pupil) if key in by), [])
        if len(candidates) == 1:
            found.add(id(candidates[0]))
            yield replace(pupil, identity=_merged(pupil.identity, candidates[0]))
        else:
            why = "Not on the roster." if not candidates else "More than one on the roster may be meant."
            yield replace(pupil, notes=(*pupil.notes, why))
    for person in roster:
        if id(person) not in found:
            name = person.name or person.email or person.login or person.sid or person.id
            shown = name if name not in names else f"{name} ({person.sid or person.email or person.id or 'roster'})"
            if shown not in names:
                names.add(shown)
                yield Pupil(shown, {}, identity=person)


def _merged(platform: Identity, roster: Identity) -> Identity:
    """What the roster says, and what only the platform does."""
    said = {field: value for field, value in asdict(roster).items() if value}
    return with_facts(platform, **said)


def _keys(person: Identity) -> list[str]:
    """What a student may be recognized by."""
    exact = [f"{field}:{value.casefold()}" for field, value in asdict(person).items() if value and field in _EXACT]
    names = [person.login, person.sid, person.email, person.email.partition("@")[0], *_orders(person.name)]
    return list(dict.fromkeys([*exact, *(f"name:{_plain(name)}" for name in names if _plain(name))]))


_EXACT: Final = ("id", "sid", "login", "email")


def _asked(pupil: Pupil) -> Iterator[str]:
    """What to look for, the surest first."""
    identity = asdict(pupil.identity)
    for field in _EXACT:
        if identity[field]:
            yield f"{field}:{identity[field].casefold()}"
    for name in (pupil.name, pupil.identity.name):
        if _plain(name):
            yield f"name:{_plain(name)}"


def _orders(name: str) -> tuple[str, ...]:
    """A name as it is, and its last word or what stands before a comma put to the other end."""
    last, comma, first = name.partition(",")
    if comma:
        return (name, f"{first} {last}")
    *before, final = name.split() or [""]
    return (name, f"{final} {' '.join(before)}")


def _plain(name: str) -> str:
    """Letters and digits alone, without marks: Canvas writes names so."""
    text = unicodedata.normalize("NFKD", name).casefold()
    return "".join(c for c in text if c.isalnum())

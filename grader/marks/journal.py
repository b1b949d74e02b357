"""The journal of a class: every policy it has had and every word that persons said, beside the verdicts in `grades.db`.

Rows are only ever added; the database itself refuses to change one. What `say` has returned is on the disk. Several
processes may write at once: each word is one transaction, and whoever has not seen another's word is told of it.
"""

from __future__ import annotations

import contextlib
import getpass
import sqlite3
import uuid
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from grader.classroom import database
from grader.errors import UsageError
from grader.marks.words import Beneath, Word, comment_of

NAME_CAP: Final = 80
_COLUMNS: Final = "number, id, batch, at, who, kind, student, exercise, check_id, points, text, withdraws, beneath"


class Clash(UsageError):
    """Somebody else has spoken of the same work meanwhile; nothing was written.

    Attributes:
        words: what was said.
    """

    def __init__(self, words: Sequence[Word]) -> None:
        who = ", ".join(dict.fromkeys(word.who for word in words))
        super().__init__(f"Meanwhile {who} has said something about the same work. Read that first, then decide.")
        self.words = tuple(words)


class ToldPolicy(Struct, frozen=True):
    """A policy as it was taken in: its text, the file's name, and when."""

    text: str
    file: str
    told_at: str


class SavedComment(Struct, frozen=True):
    """A comment that is kept to be used again."""

    name: str
    text: str
    who: str


class Journal:
    """The words about one class; used by one thread.

    Args:
        folder: where `grades.db` is. A `GradeStore` of it is open, and has found the database whole.

    Raises:
        UsageError: if it is not there, is damaged, or was made by another version.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / database.FILE
        if not self._path.is_file():
            raise database.missing(folder)
        try:
            self._db = database.opened(self._path, checked=True)  # by the store of the same class
        except sqlite3.DatabaseError as error:
            raise UsageError(f"{self._path} is damaged ({error}). Grade the class again to make a new one.") from None

    def close(self) -> None:
        """Let go of it."""
        self._db.close()

    @property
    def version(self) -> int:
        """Another number after another process has written to the database."""
        return int(self._db.execute("PRAGMA data_version").fetchone()[0])

    # --- words ----------------------------------------------------------------------------------------------------

    def words(self, student: str | None = None) -> list[Word]:
        """Everything that was said, or what was said of one student, in its order."""
        rows = self._db.execute(
            f"SELECT {_COLUMNS} FROM word WHERE ?1 IS NULL OR student = ?1 ORDER BY number", (student,)
        )
        return [_word(row) for row in rows]

    def say(self, words: Sequence[Word], *, seen: int | None = None) -> list[Word]:
        """Write words, all or none; they are on the disk when this returns.

        Args:
            words: their numbers are given here.
            seen: the number of the last word that whoever speaks has seen; None: they look at nothing.

        Raises:
            Clash: if another was said, after `seen`, of the same students and exercises.
            UsageError: if it cannot be written, or takes back what is not there or is taken back already.
        """
        said = []
        with database.transaction(self._db, self._path):
            if seen is not None and (news := self._since(seen, words)):
                raise Clash(news)
            for word in words:
                if word.kind == "withdrawal":
                    self._check_withdrawal(word)
                cursor = self._db.execute(
                    f"INSERT INTO word ({_COLUMNS}) VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        word.id, word.batch, word.at, word.who, word.kind, word.student, word.exercise, word.check,
                        word.points, word.text, word.withdraws,
                        msgspec.json.encode(word.beneath).decode() if word.beneath else "",
                    ),
                )  # fmt: skip
                said.append(msgspec.structs.replace(word, number=cursor.lastrowid or 0))
        return said

    def _since(self, seen: int, words: Sequence[Word]) -> list[Word]:
        about = {(word.student, word.exercise) for word in words}
        rows = self._db.execute(f"SELECT {_COLUMNS} FROM word WHERE number > ? ORDER BY number", (seen,))
        return [word for row in rows if ((word := _word(row)).student, word.exercise) in about]

    def _check_withdrawal(self, word: Word) -> None:
        row = self._db.execute("SELECT number, kind FROM word WHERE id = ?", (word.withdraws,)).fetchone()
        if row is None or row[1] == "withdrawal":
            raise UsageError("There is no such word to take back.")
        if self._db.execute("SELECT 1 FROM word WHERE withdraws = ?", (word.withdraws,)).fetchone():
            raise UsageError(f"Word {row[0]} was taken back before.")

    def numbered(self, number: int) -> Word:
        """The word of that number.

        Raises:
            UsageError: if there is none.
        """
        row = self._db.execute(f"SELECT {_COLUMNS} FROM word WHERE number = ?", (number,)).fetchone()
        if row is None:
            raise UsageError(f"There is no word {number}. grade history RESULTS STUDENT lists them.")
        return _word(row)

    # --- comments to use again ------------------------------------------------------------------------------------

    def save_comment(self, name: str, text: str, who: str) -> None:
        """Keep a comment under a name; under the same name the newest counts.

        Raises:
            UsageError: if the name or the comment is empty or too long, or it cannot be written.
        """
        name = " ".join(name.split())
        if not 0 < len(name) <= NAME_CAP:
            raise UsageError(f"A saved comment needs a name of at most {NAME_CAP} characters.")
        with database.transaction(self._db, self._path):
            self._db.execute(
                "INSERT INTO saved_comment VALUES (NULL, ?, ?, ?, ?)", (name, who, now(), comment_of(text))
            )

    def saved_comments(self) -> list[SavedComment]:
        """The newest of each name, by name."""
        rows = self._db.execute("SELECT name, text, who FROM saved_comment ORDER BY number")
        newest = {name: SavedComment(name, text, who) for name, text, who in rows}
        return [newest[name] for name in sorted(newest, key=str.casefold)]

    # --- policies -------------------------------------------------------------------------------------------------

    def policies(self) -> list[ToldPolicy]:
        """Every policy that the class has had, the newest last."""
        rows = self._db.execute("SELECT text, file, told_at FROM policy ORDER BY number")
        return [ToldPolicy(text, file, told_at) for text, file, told_at in rows]

    def take_policy(self, text: str, file: str) -> bool:
        """Let this policy count from now on; whether it is another than before."""
        with database.transaction(self._db, self._path):
            before = self.policies()
            if before and before[-1].text == text:
                return False
            self._db.execute("INSERT INTO policy VALUES (NULL, ?, ?, ?)", (now(), file, text))
        return True


@contextlib.contextmanager
def opened(folder: Path) -> Iterator[Journal]:
    """The journal of the class whose results are in a folder."""
    journal = Journal(folder)
    try:
        yield journal
    finally:
        journal.close()


def now() -> str:
    """The moment, as words carry it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def new_id() -> str:
    """An id that no other word has, in any copy of the class's words."""
    return uuid.uuid4().hex


def person(name: str | None) -> str:
    """Who speaks: the name given, or else the one that this machine knows.

    Raises:
        UsageError: if there is none, or it is too long.
    """
    try:
        found = " ".join((name if name is not None else getpass.getuser()).split())
    except (OSError, KeyError):
        found = ""
    if not 0 < len(found) <= NAME_CAP:
        raise UsageError(f"Say who you are, in at most {NAME_CAP} characters: --as NAME")
    return found


def _word(row: tuple[int, str, str, str, str, str, str, str, str, str, str, str, str]) -> Word:
    number, id_, batch, at, who, kind, student, exercise, check, points, text, withdraws, beneath = row
    return Word(
        number=number,
        id=id_,
        batch=batch,
        at=at,
        who=who,
        kind=kind,  # type: ignore[arg-type]
        student=student,
        exercise=exercise,
        check=check,
        points=points,
        text=text,
        withdraws=withdraws,
        beneath=msgspec.json.decode(beneath, type=Beneath) if beneath else None,
    )

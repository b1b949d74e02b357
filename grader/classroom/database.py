"""The file `grades.db`: opened whole or not at all, and what its tables are.

SQLite in WAL mode, every commit synced: https://www.sqlite.org/wal.html. A process that is killed at any moment loses
what it had not finished, and nothing else. Several processes may read and write it at once, each in transactions.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from grader.errors import UsageError

SCHEMA_VERSION: Final = 1
FILE: Final = "grades.db"
_TABLES: Final = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE exercise (id TEXT PRIMARY KEY, position INTEGER NOT NULL, title TEXT NOT NULL, points REAL NOT NULL,
    asked INTEGER NOT NULL);
CREATE TABLE student (
    name TEXT PRIMARY KEY, present INTEGER NOT NULL, notes TEXT NOT NULL, together TEXT NOT NULL);
CREATE TABLE unread (sentence TEXT NOT NULL);
CREATE TABLE work (id TEXT PRIMARY KEY, likeness TEXT NOT NULL, content BLOB NOT NULL);
CREATE TABLE handed_in (
    student TEXT NOT NULL, exercise TEXT NOT NULL, attempt INTEGER NOT NULL, work TEXT NOT NULL, file TEXT NOT NULL,
    counts INTEGER NOT NULL, PRIMARY KEY (student, exercise, attempt), UNIQUE (student, exercise, work));
CREATE TABLE verdict (
    student TEXT NOT NULL, exercise TEXT NOT NULL, attempt INTEGER NOT NULL, key TEXT NOT NULL, seed INTEGER NOT NULL,
    ours INTEGER NOT NULL, tries INTEGER NOT NULL, graded_at TEXT NOT NULL, report BLOB NOT NULL,
    PRIMARY KEY (student, exercise, attempt));
"""
_ADDED: Final = (
    # What an earlier release's database gets when it is opened: that release goes on reading it.
    "TABLE past_verdict (student TEXT NOT NULL, exercise TEXT NOT NULL, attempt INTEGER NOT NULL, "
    "key TEXT NOT NULL, seed INTEGER NOT NULL, ours INTEGER NOT NULL, tries INTEGER NOT NULL, "
    "graded_at TEXT NOT NULL, report BLOB NOT NULL)",
    "INDEX past_verdict_of ON past_verdict (student)",
    "TABLE moment (student TEXT NOT NULL, exercise TEXT NOT NULL, attempt INTEGER NOT NULL, at TEXT NOT NULL, "
    "late INTEGER NOT NULL, source TEXT NOT NULL, told_at TEXT NOT NULL)",
    "INDEX moment_of ON moment (student, exercise, attempt)",
    "TABLE policy (number INTEGER PRIMARY KEY, told_at TEXT NOT NULL, file TEXT NOT NULL, text TEXT NOT NULL)",
    "TABLE word (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, batch TEXT NOT NULL, "
    "at TEXT NOT NULL, who TEXT NOT NULL, kind TEXT NOT NULL, student TEXT NOT NULL, exercise TEXT NOT NULL, "
    "check_id TEXT NOT NULL, points TEXT NOT NULL, text TEXT NOT NULL, withdraws TEXT NOT NULL, beneath TEXT NOT NULL)",
    "INDEX word_of ON word (student, exercise)",
    "TABLE enrolment (student TEXT PRIMARY KEY, facts BLOB NOT NULL)",
    "TABLE sketch (work TEXT PRIMARY KEY, hashes BLOB NOT NULL)",
    "TABLE saved_comment (number INTEGER PRIMARY KEY, name TEXT NOT NULL, who TEXT NOT NULL, at TEXT NOT NULL, "
    "text TEXT NOT NULL)",
)
_FOR_GOOD: Final = ("past_verdict", "moment", "policy", "word", "saved_comment")
"""Tables whose rows are only ever added to."""
_NEWER: Final = {*_FOR_GOOD, "enrolment", "sketch"}
_SECONDS: Final = 60
"""How long somebody waits for others: SQLite lets nobody queue, and who writes on and on may come first."""


def opened(path: Path, *, checked: bool = False) -> sqlite3.Connection:
    """The database, made if it is not there and found whole if it is.

    Args:
        path: where it is.
        checked: whether somebody has just found it whole, which reads all of it.

    Raises:
        sqlite3.DatabaseError: if it is damaged.
        UsageError: if it cannot be opened, or was made by another version.
    """
    try:
        # Only to make it, for students' work is nobody else's: closing a file lets go of every lock that this process
        # has on it, those of another connection, too. https://www.sqlite.org/howtocorrupt.html, section 2.2
        if not path.exists():
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
        db = sqlite3.connect(path, isolation_level=None, timeout=_SECONDS)
    except (OSError, sqlite3.OperationalError) as error:
        raise UsageError(f"{path} cannot be opened: {error}.") from None
    try:
        _prepare(db, checked)
    except sqlite3.OperationalError as error:
        db.close()
        raise UsageError(f"{path} cannot be used: {error}.") from None
    except sqlite3.DatabaseError:
        db.close()
        raise
    row = db.execute("SELECT value FROM meta WHERE name = 'schema_version'").fetchone()
    if row is None or row[0] != str(SCHEMA_VERSION):
        db.close()
        found = row[0] if row else ""
        raise UsageError(f"{path} was made by another version of grade (its schema is {found}). Use that one.")
    return db


def _prepare(db: sqlite3.Connection, checked: bool) -> None:
    tables = _tables(db)
    if tables and "meta" not in tables:
        raise sqlite3.DatabaseError("it holds other tables than a class's")
    if not checked and (found := db.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
        raise sqlite3.DatabaseError(found)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    if not tables:
        with contextlib.closing(db.cursor()) as cursor:
            version = f"INSERT INTO meta VALUES ('schema_version', '{SCHEMA_VERSION}');"
            cursor.executescript(f"BEGIN;{_TABLES}{version}COMMIT;")
    elif db.execute("SELECT value FROM meta WHERE name = 'schema_version'").fetchone() != (str(SCHEMA_VERSION),):
        return  # of another version: nothing is changed in it
    if not tables >= _NEWER:
        _add(db)


def _add(db: sqlite3.Connection) -> None:
    db.execute("BEGIN IMMEDIATE")
    if not _tables(db) >= _NEWER:  # another process may have been first
        for thing in _ADDED:
            kind, _, rest = thing.partition(" ")
            db.execute(f"CREATE {kind} IF NOT EXISTS {rest}")
        for table in _FOR_GOOD:
            for act in ("UPDATE", "DELETE"):
                db.execute(
                    f"CREATE TRIGGER IF NOT EXISTS {table}_without_{act.lower()} BEFORE {act} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are kept as they are'); END"
                )
    db.execute("COMMIT")


def _tables(db: sqlite3.Connection) -> set[str]:
    return {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def missing(folder: Path) -> UsageError:
    """What to say where there is no database."""
    return UsageError(f"There is no {FILE} in {folder}. Grade the class first: grade class SUBMISSIONS -o {folder}")


@contextlib.contextmanager
def transaction(db: sqlite3.Connection, path: Path) -> Iterator[None]:
    """All that is written inside is written, or nothing of it; when it ends without an error it is on the disk.

    Raises:
        UsageError: if it could not be.
    """
    try:
        db.execute("BEGIN IMMEDIATE")
        yield
        db.execute("COMMIT")
    except BaseException as error:
        if db.in_transaction:
            db.execute("ROLLBACK")
        if isinstance(error, sqlite3.OperationalError):
            raise UsageError(f"{path} cannot be written: {error}. What was kept before is in it.") from None
        raise


def moved_away(path: Path) -> Path:
    """Move a damaged database aside, with what belongs to it; nothing is overwritten."""
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    for ending in ("", "-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + ending).rename(aside.with_name(aside.name + ending))
    return aside


def locked(folder: Path) -> int:
    """Hold the folder until the process ends, however it ends."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise UsageError(f"{folder} cannot be written to: {error.strerror}.") from None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        raise UsageError(f"Another grade class is writing to {folder}. Wait for it, or stop it.") from None
    return lock

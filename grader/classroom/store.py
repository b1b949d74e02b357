"""What a class handed in and every verdict, each written at once and for good into `grades.db`.

A verdict is known by a key made of everything that decides it, so that work which has not changed is not graded again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
import struct
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Final

import msgspec
from msgspec import Struct

from grader.classroom import database
from grader.classroom.database import FILE
from grader.classroom.intake.pupil import Pupil
from grader.classroom.moments import Moment
from grader.classroom.record import ExerciseInfo, Identity
from grader.classroom.workforce import Graded
from grader.errors import UsageError
from grader.results import Report
from grader.sandbox.facts import Likeness
from grader.submissions.work import Work

_STATE: Final = "state"


class Enrolment(Struct, frozen=True, kw_only=True):
    """What platforms say of a student: see `StudentRecord`."""

    identity: Identity = Identity()
    late: tuple[str, ...] = ()
    untouched: tuple[str, ...] = ()


class Handed(Struct, frozen=True, kw_only=True):
    """What a student has handed in for an exercise; `work` is its id. A different work is a new attempt."""

    student: str
    exercise: str
    attempt: int
    work: str
    file: str


class KeptVerdict(Struct, frozen=True, kw_only=True):
    """What was found, and under which key and seed."""

    handed: Handed
    key: str
    seed: int
    report: Report


class Enrolled(Struct, frozen=True, kw_only=True):
    """A student; `present` is False for one who was in an earlier run and is not among the submissions any more."""

    name: str
    present: bool
    notes: tuple[str, ...]
    together: tuple[str, ...]
    enrolment: Enrolment = Enrolment()


class GradeStore:
    """The database of one class. One process at a time may write; used by one thread.

    Args:
        folder: where `grades.db` is, or is to be made.
        write: False to read only what is there.

    Attributes:
        set_aside: where a damaged database was moved to, if one was found.

    Raises:
        UsageError: if it is in use, was made by a later version, is not there, or the folder cannot be written to.
    """

    def __init__(self, folder: Path, *, write: bool = True) -> None:
        self._path = folder / FILE
        self.set_aside: Path | None = None
        self._lock = -1
        self._reports: dict[tuple[str, str, int], tuple[bytes, Report | None]] = {}
        if write:
            self._lock = database.locked(folder)
        elif not self._path.is_file():
            raise database.missing(folder)
        try:
            self._db = self._opened(write)
        except BaseException:
            self.close()
            raise

    def _opened(self, write: bool) -> sqlite3.Connection:
        try:
            return database.opened(self._path)
        except sqlite3.DatabaseError as error:
            if not write:
                raise UsageError(
                    f"{self._path} is damaged ({error}). Grade the class again to make a new one."
                ) from None
        self.set_aside = database.moved_away(self._path)
        return database.opened(self._path)

    def close(self) -> None:
        """Let others use it."""
        if hasattr(self, "_db"):
            self._db.close()
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1

    # --- what was handed in -------------------------------------------------------------------------------------

    def meta(self, name: str) -> str:
        """A fact about the class, "" if it is not known."""
        row = self._db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def know(self, facts: Mapping[str, str]) -> None:
        """Keep facts as `meta`."""
        self._db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", facts.items())

    def register(
        self,
        pupils: Iterable[Pupil],
        exercises: Mapping[int, ExerciseInfo],
        unread: Sequence[str],
        facts: Mapping[str, str],
        *,
        asked: bool = False,
    ) -> None:
        """Take in who is there with what, all or nothing.

        Args:
            pupils: everybody.
            exercises: those that were looked for, by their place in the course.
            unread: sentences about what could not be read as anybody's.
            facts: kept as `meta`.
            asked: whether somebody named the exercises, so that they belong to the class even if nobody did one.

        What was handed in for exercises that are not among `exercises` stays as it was; and so do students of earlier
        runs, as absent.
        """
        with self._transaction():
            self.know(facts)
            self._db.executemany(
                "INSERT INTO exercise VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (id) DO UPDATE "
                "SET position = ?2, title = ?3, points = ?4, asked = max(asked, ?5)",
                [(e.id, place, e.title, e.points, asked) for place, e in exercises.items()],
            )
            self._db.execute("UPDATE student SET present = 0")
            self._db.execute("DELETE FROM unread")
            for pupil in pupils:
                self._db.execute(
                    "INSERT OR REPLACE INTO student VALUES (?, 1, ?, ?)",
                    (pupil.name, json.dumps(pupil.notes), json.dumps(pupil.together)),
                )
                enrolment = Enrolment(identity=pupil.identity, late=pupil.late, untouched=pupil.untouched)
                self._db.execute(
                    "INSERT OR REPLACE INTO enrolment VALUES (?, ?)", (pupil.name, msgspec.json.encode(enrolment))
                )
                self._db.executemany(
                    "UPDATE handed_in SET counts = 0 WHERE student = ? AND exercise = ?",
                    [(pupil.name, exercise.id) for exercise in exercises.values()],
                )
                for exercise, work in pupil.works.items():
                    self._hand_in(pupil.name, exercise, work)
            self._db.executemany("INSERT INTO unread VALUES (?)", [(sentence,) for sentence in unread])

    def _hand_in(self, student: str, exercise: str, work: Work) -> None:
        identity = f"{work.sha256}{PurePosixPath(work.name).suffix.casefold()}"
        self._db.execute(
            "INSERT OR REPLACE INTO work VALUES (?, ?, ?)",
            (identity, work.likeness.fingerprint, msgspec.msgpack.encode(replace(work, path="", likeness=Likeness()))),
        )
        hashes = sorted(work.likeness.sketch)
        self._db.execute(
            "INSERT OR REPLACE INTO sketch VALUES (?, ?)", (identity, struct.pack(f"<{len(hashes)}I", *hashes))
        )
        changed = self._db.execute(
            "UPDATE handed_in SET counts = 1, file = ? WHERE student = ? AND exercise = ? AND work = ?",
            (work.name, student, exercise, identity),
        )
        if not changed.rowcount:
            self._db.execute(
                "INSERT INTO handed_in SELECT ?1, ?2, 1 + coalesce(max(attempt), 0), ?3, ?4, 1 FROM handed_in "
                "WHERE student = ?1 AND exercise = ?2",
                (student, exercise, identity, work.name),
            )

    def students(self) -> list[Enrolled]:
        """Everybody, by name."""
        rows = self._db.execute(
            "SELECT name, present, notes, together, facts FROM student LEFT JOIN enrolment ON student = name"
        ).fetchall()
        found = [
            Enrolled(
                name=name,
                present=bool(present),
                notes=tuple(json.loads(notes)),
                together=tuple(json.loads(others)),
                enrolment=msgspec.json.decode(facts, type=Enrolment) if facts else Enrolment(),
            )
            for name, present, notes, others, facts in rows
        ]
        return sorted(found, key=lambda student: student.name.casefold())

    def exercises(self) -> list[ExerciseInfo]:
        """What the class is graded on, in the course's order: what was asked for, or somebody has handed in."""
        rows = self._db.execute(
            "SELECT id, title, points FROM exercise "
            "WHERE asked OR id IN (SELECT exercise FROM handed_in) ORDER BY position"
        )
        return [ExerciseInfo(id=id_, title=title, points=points) for id_, title, points in rows]

    def unread(self) -> list[str]:
        """Sentences about what could not be read as anybody's."""
        return [sentence for (sentence,) in self._db.execute("SELECT sentence FROM unread")]

    def handed_in(self) -> list[Handed]:
        """What counts, of students who are there."""
        rows = self._db.execute(
            "SELECT h.student, exercise, attempt, work, file FROM handed_in h JOIN student s ON s.name = h.student "
            "WHERE counts AND present ORDER BY h.student, exercise"
        )
        return [Handed(student=s, exercise=e, attempt=a, work=w, file=f) for s, e, a, w, f in rows]

    def work(self, handed: Handed) -> Work:
        """The work itself."""
        content, program, hashes = self._db.execute(
            "SELECT content, likeness, hashes FROM work LEFT JOIN sketch ON sketch.work = id WHERE id = ?",
            (handed.work,),
        ).fetchone()
        found = msgspec.msgpack.decode(content, type=Work)
        return replace(found, name=handed.file, likeness=_likeness(program, hashes))

    # --- what was found -----------------------------------------------------------------------------------------

    def record(self, graded: Graded, key: str) -> None:
        """Write a verdict, at once and for good."""
        task = graded.task
        with self._transaction():
            self._put_by([(task.student, task.exercise, task.attempt)])
            self._db.execute(
                "INSERT INTO verdict VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    task.student, task.exercise, task.attempt, key, task.seed, graded.report.our_fault, graded.tries,
                    datetime.now(UTC).isoformat(timespec="seconds"), msgspec.json.encode(graded.report),
                ),
            )  # fmt: skip

    def finished(self) -> dict[tuple[str, str, int], str]:
        """(student, exercise, attempt) → key of every verdict that stands: readable, and no fault of ours."""
        rows = self._db.execute("SELECT student, exercise, attempt, key, report FROM verdict WHERE NOT ours")
        return {(s, e, a): key for s, e, a, key, report in rows if self._report((s, e, a), report) is not None}

    def verdicts(self, student: str | None = None, seed: int | None = None) -> Iterator[KeptVerdict]:
        """The verdicts on what counts; only those of one student, or of one seed, if it is named."""
        rows = self._db.execute(
            "SELECT student, exercise, attempt, work, file, key, seed, report "
            "FROM handed_in JOIN verdict USING (student, exercise, attempt) "
            "WHERE counts AND (?1 IS NULL OR student = ?1) AND (?2 IS NULL OR seed = ?2)",
            (student, seed),
        )
        for name, exercise, attempt, work, file, key, its_seed, data in rows:
            handed = Handed(student=name, exercise=exercise, attempt=attempt, work=work, file=file)
            if (report := self._report((name, exercise, attempt), data)) is not None:
                yield KeptVerdict(handed=handed, key=key, seed=its_seed, report=report)

    def _report(self, place: tuple[str, str, int], data: bytes) -> Report | None:
        """The report of a verdict that stands, decoded once for as long as its bytes are the same."""
        if (known := self._reports.get(place)) is None or known[0] != data:
            known = self._reports[place] = data, _report(data)
        return known[1]

    def likenesses(self, exercise: str) -> Iterator[tuple[Handed, Likeness]]:
        """What is known of each work that has a verdict, to compare it with the others'."""
        rows = self._db.execute(
            "SELECT student, attempt, handed_in.work, file, likeness, hashes "
            "FROM handed_in JOIN verdict USING (student, exercise, attempt) JOIN work ON work.id = handed_in.work "
            "LEFT JOIN sketch ON sketch.work = handed_in.work WHERE counts AND exercise = ?",
            (exercise,),
        )
        for student, attempt, work, file, program, hashes in rows:
            handed = Handed(student=student, exercise=exercise, attempt=attempt, work=work, file=file)
            yield handed, _likeness(program, hashes)

    def forget(self, chosen: Iterable[Handed]) -> None:
        """Let go of the verdicts on these, so that they are graded again; what they were asked stays the same."""
        with self._transaction():
            self._put_by((handed.student, handed.exercise, handed.attempt) for handed in chosen)

    def _put_by(self, keys: Iterable[tuple[str, str, int]]) -> None:
        """Move verdicts to those that were: what once was told a student stays known."""
        for key in keys:
            these = "FROM verdict WHERE student = ? AND exercise = ? AND attempt = ?"
            self._db.execute(f"INSERT INTO past_verdict SELECT * {these}", key)
            self._db.execute(f"DELETE {these}", key)

    def past_verdicts(self, student: str) -> Iterator[tuple[Handed, str, Report]]:
        """Every verdict on a student's work that there ever was, with when it was reached, the oldest first."""
        columns = "student, exercise, attempt, graded_at, report"
        rows = self._db.execute(
            f"SELECT {columns} FROM past_verdict WHERE student = ?1 "
            f"UNION ALL SELECT {columns} FROM verdict WHERE student = ?1 ORDER BY graded_at",
            (student,),
        )
        for name, exercise, attempt, graded_at, data in rows:
            if (report := _report(data)) is not None:
                file = report.submission.name
                handed = Handed(student=name, exercise=exercise, attempt=attempt, work="", file=file)
                yield handed, graded_at, report

    def state(self) -> str:
        """Another text after anything but words and what is worked out from the rest has been written."""
        tables = ("verdict", "past_verdict", "handed_in", "moment", "policy", "student")  # an earlier release's, too
        counts = ", ".join(f"(SELECT count(*) FROM {name})" for name in tables)
        return f"{self.meta(_STATE)} {self._db.execute(f'SELECT {counts}').fetchone()}"

    def worked_out(self, what: str, made_of: str) -> bytes | None:
        """What was worked out before from just this; None if it was not, or from something else."""
        of, _, found = self.meta(f"worked out: {what}").partition(" ")
        return found.encode() if made_of and of == made_of else None

    def keep(self, what: str, made_of: str, found: bytes) -> None:
        """Keep what was worked out, in UTF-8, and a hash of what from; if it cannot be, it is worked out again."""
        with contextlib.suppress(sqlite3.OperationalError):
            self.know({f"worked out: {what}": f"{made_of} {found.decode()}"})

    # --- when it came -------------------------------------------------------------------------------------------

    def note_moments(self, moments: Mapping[tuple[str, str], Moment], exercises: Collection[str]) -> None:
        """Keep when work for these exercises came, by (student, exercise); what was told before stays beside it."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self._transaction():
            known = self.moments()
            for handed in self.handed_in():
                key = handed.student, handed.exercise
                found = moments.get(key, Moment())
                if handed.exercise in exercises and found != known.get(key, Moment()):
                    row = (*key, handed.attempt, found.at, found.late, found.source, now)
                    self._db.execute("INSERT INTO moment VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    def told_moments(self, student: str) -> list[tuple[str, str, Moment]]:
        """What was told of when a student's work came: (when it was told, exercise, what), the oldest first."""
        rows = self._db.execute(
            "SELECT told_at, exercise, at, late, source FROM moment WHERE student = ? ORDER BY rowid", (student,)
        )
        return [(told, e, Moment(at=at, late=bool(late), source=source)) for told, e, at, late, source in rows]

    def moments(self, student: str | None = None) -> dict[tuple[str, str], Moment]:
        """(student, exercise) → when what counts came, as it was told last."""
        rows = self._db.execute(
            "SELECT student, exercise, at, late, source FROM handed_in JOIN moment USING (student, exercise, attempt) "
            "WHERE counts AND (?1 IS NULL OR student = ?1) ORDER BY moment.rowid",
            (student,),
        )
        return {(s, e): Moment(at=at, late=bool(late), source=source) for s, e, at, late, source in rows}

    def forget_everything(self) -> None:
        """Start over: no student, no work, no verdict. What persons have said, and what once was, is kept."""
        with self._transaction():
            self._db.execute("INSERT INTO past_verdict SELECT * FROM verdict")
            for table in ("exercise", "student", "unread", "work", "handed_in", "verdict", "enrolment", "sketch"):
                self._db.execute(f"DELETE FROM {table}")

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        with database.transaction(self._db, self._path):
            yield
            self.know({_STATE: uuid.uuid4().hex})


def key_of(**decisive: object) -> str:
    """sha256 of everything that decides a verdict."""
    return hashlib.sha256(json.dumps(decisive, sort_keys=True, default=str).encode()).hexdigest()


def _likeness(fingerprint: str, hashes: bytes | None) -> Likeness:
    """As it is kept; a database of an older grader has no hashes of what it was not given again."""
    kept = hashes or b""
    return Likeness(fingerprint, frozenset(struct.unpack(f"<{len(kept) // 4}I", kept)))


def _report(data: bytes) -> Report | None:
    try:
        return msgspec.json.decode(data, type=Report)
    except (msgspec.MsgspecError, UnicodeDecodeError, TypeError):
        return None

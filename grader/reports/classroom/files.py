"""Writes a class's reports into a folder: the instructor's own, and what is handed on."""

from __future__ import annotations

import contextlib
import csv
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.classroom.pseudonyms import anonymous, pseudonyms
from grader.classroom.record import ClassRecord
from grader.errors import UsageError
from grader.marks import words_csv
from grader.marks.case import with_lateness
from grader.marks.ledger import NOTHING_SAID, Ledger, renamed
from grader.reports import gradescope, junit, markdown
from grader.reports.classroom import feedback, gradebook, mail, page, platforms
from grader.reports.classroom.file_names import stems
from grader.reports.conceal import conceal_class
from grader.reports.gradebooks import Gradebook
from grader.reports.marks.student import marked
from grader.reports.reveal import Reveal

INDEX = "students.csv"
"""In feedback/ and gradescope/: which file is whose."""
KEY = "pseudonyms.csv"
"""Whose each pseudonym is: for whoever may know."""


@dataclass(frozen=True)
class Wishes:
    """What is written beside what always is.

    Attributes:
        reveal: what students may see of hidden checks.
        gradebooks: in which platforms' columns the marks are wanted, too.
        anonymous: whether everything but what goes to a platform or to the students is to be under pseudonyms.
    """

    reveal: Reveal = Reveal.MISTAKES
    gradebooks: tuple[Gradebook, ...] = ()
    anonymous: bool = False


def wishes_before(out: Path, reveal: Reveal) -> Wishes:
    """What somebody has wished for who wrote there before: the same files are to be written anew."""
    return Wishes(reveal, tuple(book for book in Gradebook if (out / _file_of(book)).exists()), (out / KEY).exists())


def _file_of(book: Gradebook) -> str:
    return f"gradebook-{book}.csv"


def write_all(record: ClassRecord, out: Path, wishes: Wishes, ledger: Ledger = NOTHING_SAID) -> list[Path]:
    """Write every report of a class into `out`, which is made if need be; the files, in the order written.

    gradebook.csv, class.html and adjustments.csv, which holds every word of `ledger`, are the instructor's and hold
    everything. The rest may be handed on and shows of hidden checks what is to be revealed: junit.xml, summary.md,
    feedback/ and gradescope/ with a file a student. The gradebook and the feedback show marks where `ledger` has some.
    Each file is written whole and then renamed. Files of an earlier run for students who have left are removed.

    Raises:
        UsageError: if a file cannot be written.
    """
    written: list[Path] = []
    record = with_lateness(record, ledger.policy, ledger.cases)
    try:
        for name, text in _files(record, out, wishes, ledger):
            path = out / name
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
            draft.touch(mode=0o600 if name == KEY else 0o666)  # but for what the umask takes away
            draft.write_text(text, encoding="utf-8", newline="")
            if path.name == INDEX:
                _forget(path, {other.name for other in written if other.parent == path.parent})
            draft.replace(path)
            written.append(path)
    except OSError as error:
        raise UsageError(f"{error.filename or out} cannot be written: {error.strerror}.") from None
    return written


def _files(named: ClassRecord, out: Path, wishes: Wishes, ledger: Ledger) -> Iterator[tuple[str, str]]:
    record, key, named_ledger = named, dict[str, str](), ledger
    if wishes.anonymous:
        key = pseudonyms((student.name for student in named.students), known_pseudonyms(out))
        record = anonymous(named, key)
        ledger = renamed(ledger, key)
        yield KEY, _key(named, key)
    shown = conceal_class(record, wishes.reveal)
    names = stems([student.name for student in record.students])
    pages = {student.name: f"feedback/{name}.html" for name, student in zip(names, record.students, strict=True)}
    yield "gradebook.csv", gradebook.render(record, ledger)
    for platform in wishes.gradebooks:
        if platform is not Gradebook.CSV:
            yield _file_of(platform), platforms.render(named, platform, named_ledger)
    merged = [(student, pages[key.get(student.name, student.name)]) for student in named.students]
    yield "mail-merge.csv", mail.render(named, merged, named_ledger)
    yield page.FILE, page.render(record, list(pages.values()))
    if ledger.words:
        yield words_csv.FILE, words_csv.written(ledger.words)
    yield "junit.xml", junit.render_class(shown)
    yield "summary.md", markdown.render_class(shown)
    for name, student in zip(names, shown.students, strict=True):
        told = marked(ledger, student.name, wishes.reveal)
        yield f"feedback/{name}.html", feedback.as_page(shown, student, told)
        yield f"feedback/{name}.json", feedback.as_json(shown, student, told)
    yield f"feedback/{INDEX}", _index(record, names)
    for name, student in zip(names, record.students, strict=True):
        missing = [exercise for exercise in record.exercises if exercise.id not in student.reports]
        reports = list(student.reports.values())
        yield f"gradescope/{name}.json", gradescope.render(reports, wishes.reveal, missing)
    yield f"gradescope/{INDEX}", _index(record, names)


def known_pseudonyms(out: Path) -> dict[str, str]:
    """Name → pseudonym, of an earlier run's key; empty where there is none."""
    with contextlib.suppress(OSError, ValueError, csv.Error):
        rows = list(csv.DictReader((out / KEY).read_text(encoding="utf-8-sig").splitlines()))
        return {bytes.fromhex(row["key"]).decode("utf-8", "surrogatepass"): row["pseudonym"] for row in rows}
    return {}


def _key(named: ClassRecord, key: Mapping[str, str]) -> str:
    """Whose each pseudonym is. `key`: the name's bytes, since a spreadsheet's apostrophe may stand before the name."""
    rows = [
        [key[student.name], student.name, student.identity.id, student.identity.email, _hex(student.name)]
        for student in named.students
    ]
    return gradebook.as_csv([["pseudonym", "student", "id", "email", "key"], *rows])


def _hex(name: str) -> str:
    return name.encode("utf-8", "surrogatepass").hex(" ")


def _index(record: ClassRecord, names: list[str]) -> str:
    rows = zip(names, record.students, strict=True)
    return gradebook.as_csv([["file", "student"], *([name, student.name] for name, student in rows)])


def _forget(index: Path, kept: set[str]) -> None:
    """Remove the files that an earlier run's index names, but for those in `kept`."""
    with contextlib.suppress(OSError, ValueError, csv.Error):
        rows = list(csv.DictReader(index.read_text(encoding="utf-8-sig").splitlines()))
        for stem in (row.get("file") or "" for row in rows):
            for ending in (".json", ".html"):
                name = f"{stem}{ending}"
                if name not in kept and Path(name).name == name:
                    (index.parent / name).unlink(missing_ok=True)

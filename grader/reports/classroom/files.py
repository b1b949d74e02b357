"""Writes a class's reports into a folder: the instructor's own, and what is handed on."""

from __future__ import annotations

import contextlib
import csv
import os
from collections.abc import Iterator
from pathlib import Path

from grader.classroom.record import ClassRecord
from grader.errors import UsageError
from grader.marks import words_csv
from grader.marks.ledger import NOTHING_SAID, Ledger
from grader.reports import gradescope, junit, markdown
from grader.reports.classroom import feedback, gradebook, page
from grader.reports.classroom.file_names import stems
from grader.reports.conceal import conceal_class
from grader.reports.marks.student import marked
from grader.reports.reveal import Reveal

INDEX = "students.csv"
"""In feedback/ and gradescope/: which file is whose."""


def write_all(record: ClassRecord, out: Path, reveal: Reveal, ledger: Ledger = NOTHING_SAID) -> list[Path]:
    """Write every report of a class into `out`, which is made if need be; the files, in the order written.

    gradebook.csv, class.html and adjustments.csv, which holds every word of `ledger`, are the instructor's and hold
    everything. The rest may be handed on and shows of hidden checks what `reveal` allows: junit.xml, summary.md,
    feedback/ and gradescope/ with a file a student. The gradebook and the feedback show marks where `ledger` has some.
    Each file is written whole and then renamed. Files of an earlier run for students who have left are removed.

    Raises:
        UsageError: if a file cannot be written.
    """
    written: list[Path] = []
    try:
        for name, text in _files(record, reveal, ledger):
            path = out / name
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
            draft.write_text(text, encoding="utf-8", newline="")
            if path.name == INDEX:
                _forget(path, {other.name for other in written if other.parent == path.parent})
            draft.replace(path)
            written.append(path)
    except OSError as error:
        raise UsageError(f"{error.filename or out} cannot be written: {error.strerror}.") from None
    return written


def _files(record: ClassRecord, reveal: Reveal, ledger: Ledger) -> Iterator[tuple[str, str]]:
    shown = conceal_class(record, reveal)
    names = stems([student.name for student in record.students])
    yield "gradebook.csv", gradebook.render(record, ledger)
    yield "class.html", page.render(record, [f"feedback/{name}.html" for name in names])
    if ledger.words:
        yield words_csv.FILE, words_csv.written(ledger.words)
    yield "junit.xml", junit.render_class(shown)
    yield "summary.md", markdown.render_class(shown)
    for name, student in zip(names, shown.students, strict=True):
        told = marked(ledger, student.name, reveal)
        yield f"feedback/{name}.html", feedback.as_page(shown, student, told)
        yield f"feedback/{name}.json", feedback.as_json(shown, student, told)
    yield f"feedback/{INDEX}", _index(record, names)
    for name, student in zip(names, record.students, strict=True):
        missing = [exercise for exercise in record.exercises if exercise.id not in student.reports]
        yield f"gradescope/{name}.json", gradescope.render(list(student.reports.values()), reveal, missing)
    yield f"gradescope/{INDEX}", _index(record, names)


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

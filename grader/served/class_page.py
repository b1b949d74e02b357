"""The class's page as the desk serves it: at once, and never an old one that does not say so.

The page of a large class takes seconds to make. What `grade class` has left in the results is served as it is, if it
was made of just the record that there is now. If not, the page is made anew in a thread of its own, and until it is
done the one before is shown, with a line that says so.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Final

from msgspec import Struct

from grader.classroom.record import ClassRecord
from grader.reports import pages
from grader.reports.classroom import page
from grader.reports.classroom.file_names import stems
from grader.text import counted

PATIENCE_S: Final = 0.5
"""How long somebody waits for a page that is being made, before an older one is shown."""
OLD: Final = "Verdicts have changed since this page was made. It is being made anew: load it again in a moment."


class _Making(Struct, frozen=True):
    record: ClassRecord
    thread: threading.Thread


class ClassPage:
    """The page of one class, whose results are in a folder. Several threads may ask for it."""

    def __init__(self, results: Path) -> None:
        self._results = results
        self._lock = threading.Lock()
        self._record: ClassRecord | None = None
        self._made = ""
        self._making: _Making | None = None

    def of(self, record: ClassRecord) -> str:
        """The page of this record; what is shown instead, if that takes more than `PATIENCE_S`, says so."""
        with self._lock:
            if self._record is not record and not (self._making and self._making.record is record):
                self._begin(record)
            making = self._making
        if making and making.record is record:
            making.thread.join(PATIENCE_S)
        with self._lock:
            if self._record is record:
                return self._made
            return page.aged(self._made, OLD) if self._made else _wait(record)

    def old(self) -> str:
        """The page that was shown last, which says that it is old; "" if there is none."""
        with self._lock:
            return page.aged(self._made, OLD) if self._made else ""

    def _begin(self, record: ClassRecord) -> None:
        if found := page.on_disk(self._results, record):
            self._record, self._made, self._making = record, found, None
            return
        thread = threading.Thread(target=self._make, args=[record], daemon=True)
        self._making = _Making(record, thread)
        thread.start()

    def _make(self, record: ClassRecord) -> None:
        names = stems([student.name for student in record.students])
        made = page.render(record, [f"feedback/{name}.html" for name in names])
        with self._lock:
            if self._making and self._making.record is record:  # and not another one meanwhile
                self._made, self._record, self._making = made, record, None


def _wait(record: ClassRecord) -> str:
    """What is shown where there is no page yet; it asks again by itself."""
    sentence = f"The page of {counted(len(record.students), 'student')} is being made. It comes by itself."
    return pages.render("desk_wait.html", styles=("page.css",), sentence=sentence)

"""Notices when a student saves: by the system's own messages, and by a look now and then, should those not come."""

from __future__ import annotations

import stat
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from grader.submissions.notebooks import SIZE_CAP as NOTEBOOK_CAP

_STEP_MS: Final = 10
"""Quiet after which a burst of messages about one save is over."""
_BURST_MS: Final = 100
"""Longest burst."""
_POLL_MS: Final = 200
"""Between two looks, where the system has no messages to give."""


class Saves:
    """A student's file: in the first of some folders that has one, and of several there the one that was saved last.

    At first it is `start`, if that is said, whatever was saved before.

    An editor may write into it, or write another one and rename it, so that it is not there for a moment. Then it is
    waited for: a folder further down is never taken instead, or the untouched stub would be graded for an instant.
    """

    def __init__(self, places: Sequence[Sequence[Path]], start: Path | None = None) -> None:
        self._places = list(places)
        self.path = start or self._places[-1][0]
        """Where the file lies, or where it lay last."""
        self._saved = -1
        if start is not None:
            here = next(files for files in places if start in files)
            self._saved = max((time for path in here if (time := _saved_at(path)) is not None), default=-1)
        self._find()

    def read(self) -> bytes | None:
        """The file's first bytes as they are now, all of any solution; None while it is not there or cannot be read."""
        self._find()
        try:
            with self.path.open("rb") as file:
                return file.read(NOTEBOOK_CAP + 1)
        except OSError:
            return None

    def folders(self) -> list[Path]:
        """The folders in which something may happen to it."""
        return list(dict.fromkeys(folder for files in self._places if (folder := files[0].parent).is_dir()))

    def _find(self) -> None:
        for index, files in enumerate(self._places):
            times = {path: time for path in files if (time := _saved_at(path)) is not None}
            if not times:
                continue
            last = max(times, key=times.__getitem__)
            # A twin that has long been there does not step in for a file that is missing for a moment.
            if self.path not in files or times[last] > self._saved:
                self.path, self._saved = last, times[last]
            del self._places[index + 1 :]
            return


def _saved_at(path: Path) -> int | None:
    """When a file was saved last, ns; None if there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns if stat.S_ISREG(found.st_mode) else None


def follow(folders: Sequence[Path], saved: Callable[[], None], stop: threading.Event) -> threading.Thread:
    """Call `saved`, in a thread of its own, whenever something in one of the folders has changed, until `stop`."""
    thread = threading.Thread(target=_follow, args=(folders, saved, stop), daemon=True, name="saves")
    thread.start()
    return thread


def _follow(folders: Sequence[Path], saved: Callable[[], None], stop: threading.Event) -> None:
    from watchfiles import watch

    for polling in (None, True):
        try:
            for _ in watch(
                *folders,
                watch_filter=None,
                step=_STEP_MS,
                debounce=_BURST_MS,
                rust_timeout=500,
                stop_event=stop,
                raise_interrupt=False,
                recursive=False,
                force_polling=polling,
                poll_delay_ms=_POLL_MS,
            ):
                saved()
            return
        except OSError:  # the system has run out of watches, or a folder is gone: look by ourselves
            continue

"""Notices when a student saves: by the system's own messages, and by a look now and then, should those not come."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from grader.submissions import SIZE_CAP

_STEP_MS: Final = 10
"""Quiet after which a burst of messages about one save is over."""
_BURST_MS: Final = 100
"""Longest burst."""
_POLL_MS: Final = 200
"""Between two looks, where the system has no messages to give."""


class Saves:
    """A student's file, which lies at the first of some places where there is one.

    An editor may write into it, or write another one and rename it, so that it is not there for a moment. Then it is
    waited for: a place further down is never taken instead, or the untouched stub would be graded for an instant.
    """

    def __init__(self, places: Sequence[Path]) -> None:
        self._places = list(places)
        self._narrow()

    @property
    def path(self) -> Path:
        """Where the file lies, or where it lay last."""
        return self._places[-1]

    def read(self) -> bytes | None:
        """The file's first bytes as they are now, all of any solution; None while it is not there or cannot be read."""
        self._narrow()
        try:
            with self.path.open("rb") as file:
                return file.read(2 * SIZE_CAP)
        except OSError:
            return None

    def folders(self) -> list[Path]:
        """The folders in which something may happen to it."""
        return list(dict.fromkeys(place.parent for place in self._places if place.parent.is_dir()))

    def _narrow(self) -> None:
        """Forget the places after the first that has a file."""
        for index, place in enumerate(self._places):
            if place.is_file():
                del self._places[index + 1 :]
                return


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

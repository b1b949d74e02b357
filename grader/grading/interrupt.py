"""A sandbox whose gradings can be called off from another thread: what `grade watch` does when a newer save arrives."""

from __future__ import annotations

import contextlib
import socket
import threading

from grader.errors import SandboxUnavailable
from grader.sandbox.host import Sandbox, Worker
from grader.sandbox.limits import Limits


class Interruptible:
    """The sandbox of one grading. After `interrupt` its worker is gone and no other starts: the grading ends soon."""

    def __init__(self, inner: Sandbox) -> None:
        self._inner = inner
        self._lock = threading.Lock()
        self._worker: Worker | None = None
        self._interrupted = False

    @property
    def level(self) -> str:
        """See `Sandbox`."""
        return self._inner.level

    @property
    def versions(self) -> dict[str, str]:
        """See `Sandbox`."""
        return self._inner.versions

    @property
    def accelerator(self) -> str:
        """See `Sandbox`."""
        return self._inner.accelerator

    def start_worker(self, limits: Limits, *, kernel: bool = False, warm: tuple[str, ...] = ()) -> Worker:
        """See `Sandbox`."""
        if self._interrupted:
            raise SandboxUnavailable("The grading was called off.")
        worker = self._inner.start_worker(limits, kernel=kernel, warm=warm)
        with self._lock:
            self._worker = worker
            if self._interrupted:
                _hang_up(worker)
        return worker

    def stop_worker(self, worker: Worker) -> str:
        """See `Sandbox`."""
        with self._lock:
            self._worker = None
        return self._inner.stop_worker(worker)

    def cpu_s(self, worker: Worker) -> float:
        """See `Sandbox`."""
        return self._inner.cpu_s(worker)

    def close(self) -> None:
        """The sandbox goes on for the next grading."""

    def interrupt(self) -> None:
        """Call the grading off: whoever waits for the worker's answer learns that it has hung up."""
        with self._lock:
            self._interrupted = True
            if self._worker is not None:
                _hang_up(self._worker)


def _hang_up(worker: Worker) -> None:
    with contextlib.suppress(OSError):
        worker.line.shutdown(socket.SHUT_RDWR)

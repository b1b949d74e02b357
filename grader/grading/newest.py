"""Gradings beside the caller's own thread, the newest only: what `grade watch` asks for at every save."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from grader.exercises.exercise import Exercise
from grader.grading.examiner import Examiner
from grader.grading.interrupt import Interruptible
from grader.results import Report
from grader.sandbox.ladder import Ladder
from grader.submissions.work import Work

_ENDING_S = 2.0
"""Seconds for which a grading that was called off is waited for; its process is killed in any case."""


@dataclass(frozen=True)
class Warm:
    """The sandbox is warm, or (with `error`) cannot be had."""

    sandbox: Ladder
    error: Exception | None = None


@dataclass(frozen=True)
class Finished:
    """The grading of this number has ended: with a report, or with a fault of ours."""

    number: int
    report: Report | None
    error: Exception | None = None


class Gradings:
    """Grades in threads of its own and posts `Warm` and `Finished`, which the caller gives back to `take`.

    `post` is called from other threads. `isolation` is what the command's option says.
    """

    def __init__(self, post: Callable[[Warm | Finished], None], *, isolation: str) -> None:
        self._post, self._isolation = post, isolation
        self._sandbox: Ladder | None = None
        self._with_gpu = False
        self._current: Interruptible | None = None
        self._count = 0
        self._threads: list[threading.Thread] = []
        self.ready = False
        """Whether a grading can begin."""
        self.since = 0.0
        """When the current grading began, by `time.monotonic`."""

    @property
    def busy(self) -> bool:
        """Whether a grading is under way."""
        return self._current is not None

    def prepare(self, examiner: Examiner, *, notebook: bool) -> None:
        """Have a sandbox warmed up for an examiner's exercise, unless the one at hand will do; `Warm` follows.

        Any imports what an exercise needs, or a notebook, when its first work is graded. Only the GPU must be let in
        from the start.
        """
        self.call_off()
        if self._sandbox is not None and examiner.wants_gpu == self._with_gpu:
            return
        self.close()
        self._with_gpu = examiner.wants_gpu
        self._sandbox = examiner.open_sandbox(self._isolation, notebooks=notebook)
        self._beside(self._settle, self._sandbox)

    def begin(self, examiner: Examiner, exercise: Exercise, work: Work) -> None:
        """Grade this work now, whatever was being graded before."""
        self.call_off()
        assert self._sandbox is not None
        self._count += 1
        self._current = Interruptible(self._sandbox)
        self.since = time.monotonic()
        device = examiner.device_for(exercise, self._sandbox)
        self._beside(self._grade, self._count, examiner, exercise, work, self._current, device)

    def take(self, event: Warm | Finished) -> Report | None:
        """What an event means now: the report, if it is the current grading's.

        Raises:
            Exception: if there can be no grading, or it failed by a fault of ours.
        """
        match event:
            case Warm(sandbox=sandbox) if sandbox is not self._sandbox:
                return None
            case Finished(number=number) if number != self._count or self._current is None:
                return None
        if event.error is not None:
            raise event.error
        if isinstance(event, Warm):
            self.ready = True
            return None
        self._current = None
        return event.report

    def call_off(self) -> None:
        """End the current grading, if there is one: its verdict would be about a file that is no more."""
        if self._current is not None:
            self._current.interrupt()
            self._current = None

    def close(self) -> None:
        """End everything."""
        self.call_off()
        if self._sandbox is not None and not self.ready:
            self._sandbox.close()  # a sandbox that is still warming up is waited for by a thread
        for thread in self._threads:
            thread.join(_ENDING_S)
        if self._sandbox is not None and self.ready:
            self._sandbox.close()
        self._sandbox, self.ready = None, False

    def _settle(self, sandbox: Ladder) -> None:
        try:
            sandbox.settle()
        except Exception as error:
            self._post(Warm(sandbox, error))
        else:
            self._post(Warm(sandbox))

    def _grade(
        self,
        number: int,
        examiner: Examiner,
        exercise: Exercise,
        work: Work,
        sandbox: Interruptible,
        device: str,
    ) -> None:
        try:
            report = examiner.grade(exercise, work, sandbox, device=device)
        except Exception as error:
            self._post(Finished(number, None, error))
        else:
            self._post(Finished(number, report))

    def _beside(self, function: Callable[..., None], *arguments: Any) -> None:
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        thread = threading.Thread(target=function, args=arguments, daemon=True, name=function.__name__)
        self._threads.append(thread)
        thread.start()

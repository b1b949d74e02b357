"""One submission in its worker: loads it, passes questions on under deadlines, and replaces a worker that died."""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass, field

from grader.errors import CheckFailed, SandboxUnavailable, StudentRaised, WorkerCrashed, WorkerTimeout
from grader.exercises import Exercise
from grader.sandbox import wire
from grader.sandbox.host import Sandbox, Worker
from grader.submissions import Work

OUTPUT_KEPT = 4_000
"""Characters of what the student's code printed that a report keeps."""


@dataclass
class Session:
    """Answers a check's questions about one submission. Not thread-safe; one per submission."""

    sandbox: Sandbox
    exercise: Exercise
    work: Work
    seed: int
    device: str
    layers: tuple[str, ...] = ()
    output: str = ""
    _worker: Worker | None = None
    _check_deadline: float = 0.0
    _submission_deadline: float = field(default=0.0)

    def __post_init__(self) -> None:
        self._submission_deadline = time.monotonic() + self.exercise.limits.total_s

    def begin(self, seconds: float) -> None:
        """Start a check that may take so long, in a worker that has loaded the submission.

        Raises:
            SandboxUnavailable: if no worker can be had: our fault.
            StudentRaised, WorkerTimeout, WorkerCrashed, CheckFailed: if the submission cannot be loaded.
        """
        if time.monotonic() >= self._submission_deadline:
            raise WorkerTimeout(self.exercise.limits.total_s, "the whole submission")
        if self._worker is None:
            self._load()
        self._check_deadline = min(time.monotonic() + seconds, self._submission_deadline)

    def ask(self, request: wire.Request, blob: bytes, question: str) -> tuple[wire.Reply, bytes]:
        """Pass a question on; see `Worker.ask`. A worker that times out, dies or talks nonsense is replaced."""
        return self._ask(request, blob, self._check_deadline - time.monotonic(), question)

    def close(self) -> None:
        """Kill the worker."""
        with contextlib.suppress(SandboxUnavailable):
            self._stop()

    def _load(self) -> None:
        limits = self.exercise.limits
        self._worker = self._fresh_worker()
        self.layers = self._worker.layers
        request = wire.Load(
            name=self.exercise.stub,
            source=self.work.source,
            seed=self.seed,
            probes=self.exercise.probes(),
            device=self.device,
        )
        question = f"importing {self.exercise.stub}"
        try:
            reply, _ = self._ask(request, b"", limits.import_s, question)
        except WorkerTimeout:
            raise WorkerTimeout(limits.import_s, question) from None
        if isinstance(reply, wire.Raised):
            self._stop()
            raise StudentRaised(reply, question)
        if not isinstance(reply, wire.Done):
            self._stop()
            raise CheckFailed(f"{question} gave an answer that the grader cannot read.")

    def _fresh_worker(self) -> Worker:
        # A second try: the first may have met the last breath of a fork bomb.
        with contextlib.suppress(SandboxUnavailable):
            return self.sandbox.start_worker(self.exercise.limits.worker)
        return self.sandbox.start_worker(self.exercise.limits.worker)

    def _ask(self, request: wire.Request, blob: bytes, seconds: float, question: str) -> tuple[wire.Reply, bytes]:
        if self._worker is None:
            raise WorkerCrashed("an earlier question of this check ended it", question)
        try:
            return self._worker.ask(request, blob, max(0.0, seconds), question)
        except WorkerCrashed:
            # Where the whole sandbox went down, the worker is not to blame: that is said to be our fault.
            raise WorkerCrashed(self._stop() or "it cut the line to the grader", question) from None
        except (WorkerTimeout, CheckFailed):
            with contextlib.suppress(SandboxUnavailable):
                self._stop()
            raise

    def _stop(self) -> str:
        worker, self._worker = self._worker, None
        if worker is None:
            return ""
        try:
            return self.sandbox.stop_worker(worker)
        finally:
            self.output = (self.output + worker.text())[:OUTPUT_KEPT]

"""One submission in its worker: loads it, passes questions on under deadlines, and replaces a worker that died."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import msgspec

from grader.checks.compare import cut
from grader.errors import (
    CheckFailed,
    SandboxUnavailable,
    StudentFault,
    StudentRaised,
    WorkerCrashed,
    WorkerTimeout,
)
from grader.exercises.exercise import Exercise
from grader.grading.cells import END, KERNEL_END_S, KERNEL_START_S, Execution, Idle, check_started
from grader.grading.glimpses import Onlooker, watched
from grader.sandbox import wire
from grader.sandbox.host import Sandbox, Worker
from grader.sandbox.limits import Limits
from grader.submissions.work import Work

OUTPUT_KEPT = 4_000
"""Characters of what the student's code printed that a report keeps."""
KERNEL_TASKS, KERNEL_MB = 16, 256
"""What a notebook's kernel needs for itself, beside what the student's code may use."""
_IMPORTS_LATE: Final = ((b"use_deterministic_algorithms", "torch._inductor.config"),)
"""Functions of torch that import for two seconds when they are first called: no submission is to pay for it."""
GRADER = "touches the grader's own code"
TAMPERING = (GRADER, "looks into what runs beside it", "changes PyTorch's own functions")
"""What a worker can notice, as `sandbox/inside/notices.py` says it."""
LINES_CAP = 1_000_000
NO_WORK = Work(name="", source=b"", sha256="", size=0)


@dataclass
class Session:
    """Answers a check's questions about one submission. Not thread-safe; one per submission."""

    sandbox: Sandbox
    exercise: Exercise
    work: Work
    seed: int
    device: str
    probes: bytes
    """Source of the helpers that its workers run for the checks."""
    execution: Execution = field(default_factory=Execution)
    """Of a notebook: what became of its cells."""
    onlooker: Onlooker | None = None
    layers: tuple[str, ...] = ()
    output: str = ""
    noticed: dict[str, None] = field(default_factory=dict)
    """Clauses that say what a person should look at, each once."""
    _worker: Worker | None = None
    _elsewhere: list[Session] = field(default_factory=list)
    _last_spent: float = 0.0
    _check_deadline: float = 0.0
    _check_s: float = 0.0
    _submission_deadline: float = field(default=0.0)

    def __post_init__(self) -> None:
        self._submission_deadline = time.monotonic() + self.exercise.limits.total_s

    def begin(self, seconds: float) -> None:
        """Start a check that may take so long, in a worker that has loaded the submission.

        Raises:
            SandboxUnavailable: if no worker can be had: our fault.
            StudentRaised, WorkerTimeout, WorkerCrashed, CheckFailed: if the submission cannot be loaded.
        """
        self._leave_elsewhere()
        if time.monotonic() >= self._submission_deadline:
            raise WorkerTimeout(self.exercise.limits.total_s, "the whole submission")
        if self._worker is None:
            self._load()
        self._check_s, self._check_deadline = seconds, min(time.monotonic() + seconds, self._submission_deadline)

    def ask(
        self, request: wire.Request, blob: bytes, question: str, files: Sequence[int] = (), seconds: float | None = None
    ) -> tuple[wire.Reply, bytes]:
        """Pass a question on; see `Worker.ask`. A worker that times out, dies or talks nonsense is replaced.

        Args:
            request, blob, question, files: as `Worker.ask` takes them.
            seconds: how long this one question may take; None: what is left of the check's time.
        """
        left = self._check_deadline - time.monotonic()
        own = seconds is not None and seconds < left
        try:
            reply, answer_blob = self._ask(request, blob, seconds if own and seconds else left, question, files)
        except WorkerTimeout:
            # Whatever was left for the last question, the check's own limit is the number to name.
            raise WorkerTimeout(seconds if own and seconds else self._check_s, question) from None
        if self.work.notebook and isinstance(reply, wire.Missing):
            number = self.execution.failed_definition(self.work.notebook, reply.name)
            if number is not None:
                mistake = f"Cell {number} is to define it, and that cell failed."
                raise CheckFailed(f"Your notebook has no {cut(reply.name)}.", mistake=mistake)
        return reply, answer_blob

    def restart(self) -> None:
        """A fresh worker that has loaded the submission takes the place of this one. Raises like `begin`."""
        with contextlib.suppress(SandboxUnavailable):
            self._stop()
        self._load()

    def elsewhere(self) -> Session:
        """A session with a worker beside this one, which has an empty file for a submission; it ends with the check.

        Raises:
            SandboxUnavailable: if it cannot be had: no student's code runs there, so it is never the student's fault.
        """
        other = Session(self.sandbox, self.exercise, NO_WORK, self.seed, self.device, self.probes)
        self._elsewhere.append(other)
        other._check_s, other._check_deadline = self._check_s, self._check_deadline
        try:
            other._load()
        except StudentFault as fault:
            raise SandboxUnavailable(f"A worker beside the submission's did not start: {fault}.") from None
        return other

    def close(self) -> None:
        """Kill the worker, and those beside it."""
        self._leave_elsewhere()
        with contextlib.suppress(SandboxUnavailable):
            self._stop()

    def _leave_elsewhere(self) -> None:
        while self._elsewhere:
            self._elsewhere.pop().close()

    def _load(self) -> None:
        limits = self.exercise.limits
        self._worker = self._fresh_worker()
        self.layers = self._worker.layers
        request = wire.Load(
            name=self.exercise.stub,
            source=self.work.source,
            seed=self.seed,
            probes=self.probes,
            device=self.device,
            pictures=self.execution.wants_outputs,
            threads=limits.worker.threads,
        )
        if self.work.notebook is not None:
            try:
                self._execute_patiently(request)
            except BaseException:
                self._stop()
                raise
            return
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

    def _execute_patiently(self, request: wire.Load) -> None:
        """Execute the notebook, and once more in a fresh kernel if this one hangs without computing anything.

        A kernel rarely does: once in thousands of notebooks. A cell that hangs in two kernels waits for something.
        """
        try:
            self._execute(request)
        except (Idle, WorkerTimeout) as hung:
            at_end = isinstance(hung, WorkerTimeout) and hung.question == END
            if isinstance(hung, WorkerTimeout) and not at_end:
                raise
            fault = hung.fault if isinstance(hung, Idle) else hung
            if self._submission_deadline - time.monotonic() < KERNEL_END_S:
                raise fault from None
            self._stop()
            self._worker = self._fresh_worker()
            if not at_end:
                self.execution.anew()
            try:
                self._execute(request, waits=hung.cell if isinstance(hung, Idle) else None)
            except Idle as again:
                raise SandboxUnavailable(f"A notebook's kernel hung twice, the second time at this: {again}.") from None

    def _execute(self, request: wire.Load, waits: int | None = None) -> None:
        """Execute the notebook: from then on its kernel is asked as any worker is."""
        assert self.work.notebook is not None
        try:
            started, _ = self._ask(request, b"", KERNEL_START_S, "starting the notebook")
        except StudentFault as fault:
            raise SandboxUnavailable(f"A notebook's kernel did not start: {fault}.") from None
        check_started(started)

        def ask(cell: wire.Request, seconds: float, question: str) -> wire.Reply:
            return self._ask(cell, b"", seconds, question)[0]

        limits = self.exercise.limits
        left = self._submission_deadline - time.monotonic()
        notebook_s = min(limits.notebook_s, left)
        self.execution.run(ask, self.work.notebook, limits.import_s, notebook_s, self._spent, waits)

    def _spent(self) -> float:
        """Processor time of the worker, s; also of one that was stopped because it gave no answer."""
        if self._worker is not None:
            self._last_spent = self.sandbox.cpu_s(self._worker)
        return self._last_spent

    def _fresh_worker(self) -> Worker:
        limits, kernel = self.exercise.limits.worker, self.work.notebook is not None
        warm = (*self.exercise.warm, *(module for word, module in _IMPORTS_LATE if word in self.work.source))
        if kernel:
            limits = _with_kernel(limits)
        with self._not_its_time():
            # A second try: the first may have met the last breath of a fork bomb.
            with contextlib.suppress(SandboxUnavailable):
                return self.sandbox.start_worker(limits, kernel=kernel, warm=warm)
            return self.sandbox.start_worker(limits, kernel=kernel, warm=warm)

    @contextlib.contextmanager
    def _not_its_time(self) -> Iterator[None]:
        """The sandbox may be busy with what another exercise needs: no submission's time runs meanwhile."""
        before = time.monotonic()
        try:
            yield
        finally:
            waited = time.monotonic() - before
            self._check_deadline += waited
            self._submission_deadline += waited

    def _ask(
        self, request: wire.Request, blob: bytes, seconds: float, question: str, files: Sequence[int] = ()
    ) -> tuple[wire.Reply, bytes]:
        if self._worker is None:
            raise WorkerCrashed("an earlier question of this check ended it", question)
        try:
            with watched(self.onlooker, request, question, seconds) as onlooker:
                return self._worker.ask(request, blob, max(0.0, seconds), question, files=files, onlooker=onlooker)
        except WorkerCrashed:
            # Where the whole sandbox went down, the worker is not to blame: that is said to be our fault.
            raise WorkerCrashed(self._stop() or "it cut the line to the grader", question) from None
        except (WorkerTimeout, CheckFailed):
            with contextlib.suppress(SandboxUnavailable):
                self._spent()
                self._stop()
            raise

    def _stop(self) -> str:
        worker, self._worker = self._worker, None
        if worker is None:
            return ""
        try:
            with self._not_its_time():
                return self.sandbox.stop_worker(worker)
        finally:
            self.output = (self.output + worker.text())[:OUTPUT_KEPT]
            self.noticed |= dict.fromkeys(_clause(notice) for notice in worker.noticed)


def _clause(notice: wire.Noticed) -> str:
    """Of one of the few that there are: any other is a forger's, whose words do not count."""
    known = notice.what if notice.what in TAMPERING else GRADER
    return f"{known} (line {notice.line})" if 0 < notice.line < LINES_CAP else known


def _with_kernel(limits: Limits) -> Limits:
    return msgspec.structs.replace(
        limits, processes=limits.processes + KERNEL_TASKS, memory_mb=limits.memory_mb + KERNEL_MB
    )

"""Grades many submissions over executors: on this machine's threads, or on a cluster's; see `cluster/`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Final, Protocol

import msgspec
from msgspec import Struct

from grader.errors import UsageError
from grader.grading.examiner import Examiner
from grader.results import Report
from grader.sandbox.host import Sandbox
from grader.sandbox.ladder import Ladder
from grader.sandbox.limits import BASIC
from grader.submissions.work import Work

AHEAD: Final = 2
"""Tasks that are handed out for each that can run, so that nobody waits for the next."""


class Task(Struct, frozen=True, kw_only=True):
    """One submission to grade: plain data, so that it may travel."""

    student: str
    exercise: str
    attempt: int
    seed: int
    device: str
    work: Work


class Graded(Struct, frozen=True, kw_only=True):
    """A task that is done; `tries` is 2 if a fault of ours had spoilt the first."""

    task: Task
    report: Report
    tries: int = 1


class Workforce(Protocol):
    """Those who grade: this machine, or a cluster."""

    @property
    def level(self) -> str:
        """The weakest isolation among them."""

    @property
    def versions(self) -> Mapping[str, str]:
        """Versions of what student code meets."""

    @property
    def accelerator(self) -> str:
        """The accelerator there is, as torch names it: "cuda", "mps" or ""."""

    def width(self, device: str) -> int:
        """How many tasks for that device can run at a time."""

    def submit(self, task: Task) -> Future[bytes]:
        """Have it graded: the report, as JSON."""

    def close(self) -> None:
        """Stop at once; what is not done stays undone."""


def grade_task(examiner: Examiner, task: Task, sandbox: Sandbox) -> Report:
    """The report on a task; see `Examiner.grade`."""
    return examiner.grade(examiner.exercise(task.exercise), task.work, sandbox, device=task.device, seed=task.seed)


@dataclass(frozen=True)
class Terms:
    """How a class is graded.

    Attributes:
        device: as `--device` says it.
        isolation: the level that is demanded, or "auto".
        allow_unsafe: whether submissions may be graded where nothing confines them.
        jobs: submissions at a time, on this machine.
        gpu_jobs: submissions that may share a GPU.
        submissions: about how many there will be.
    """

    device: str
    isolation: str
    allow_unsafe: bool
    jobs: int
    gpu_jobs: int
    submissions: int


def check_safe(level: str, terms: Terms, where: str) -> None:
    """Refuse to grade a class where nothing confines the submissions.

    Raises:
        UsageError: saying what to do.
    """
    if level == BASIC and not terms.allow_unsafe:
        raise UsageError(
            f"Nothing would confine the submissions {where}, and a class is not graded so: grade doctor says what is "
            "missing there. Only if you trust every one of them, say --allow-unsafe."
        )


def threads(examiner: Examiner, sandbox: Ladder, terms: Terms) -> Threads:
    """This machine as a workforce.

    Raises:
        UsageError: if it cannot confine submissions, and nobody has said that it need not.
    """
    sandbox.settle()
    check_safe(sandbox.level, terms, "on this machine")
    # Where all workers have one uid, the kernel counts their processes together: one could starve the other's threads.
    return Threads(examiner, sandbox, *((terms.jobs, terms.gpu_jobs) if sandbox.apart else (1, 1)))


class Threads:
    """This machine: `jobs` threads that drive one sandbox's workers, and `gpu_jobs` for tasks on an accelerator."""

    def __init__(self, examiner: Examiner, sandbox: Sandbox, jobs: int, gpu_jobs: int) -> None:
        self.level, self.versions, self.accelerator = sandbox.level, sandbox.versions, sandbox.accelerator
        self._examiner = examiner
        self._sandbox = sandbox
        self._widths = {False: jobs, True: gpu_jobs}
        self._pools = {gpu: ThreadPoolExecutor(width, "grade") for gpu, width in self._widths.items()}

    def width(self, device: str) -> int:
        """See `Workforce`."""
        return self._widths[device != "cpu"]

    def submit(self, task: Task) -> Future[bytes]:
        """See `Workforce`."""
        return self._pools[task.device != "cpu"].submit(self._encoded, task)

    def _encoded(self, task: Task) -> bytes:
        return msgspec.json.encode(grade_task(self._examiner, task, self._sandbox))

    def close(self) -> None:
        """See `Workforce`. The workers are killed first, so that no thread waits for one."""
        for pool in self._pools.values():
            pool.shutdown(wait=False, cancel_futures=True)
        self._sandbox.close()
        for pool in self._pools.values():
            pool.shutdown(wait=True)


def grade_all(queues: Mapping[str, Iterable[Task]], force: Workforce, examiner: Examiner) -> Iterator[Graded]:
    """Grade everything, and yield each task when it is done, in whatever order that is.

    What a fault of ours has spoilt is tried once more, after all the others and alone: the fault may have been a
    neighbour's doing. Whatever happens to one task, the others are graded.

    Args:
        queues: device → tasks for it. They are asked for as they are needed, so that few are in memory.
        force: who grades.
        examiner: makes the report on what could not be graded.
    """
    spoilt: list[Task] = []
    for task, future in _in_parallel(queues, force):
        report = _report(future)
        if isinstance(report, Report) and not report.our_fault:
            yield Graded(task=task, report=report)
        else:
            spoilt.append(task)
    for task in spoilt:
        report = _report(force.submit(task))
        if not isinstance(report, Report):
            reason = f"It could not be graded: {report}"
            exercise = examiner.exercise(task.exercise)
            report = examiner.not_graded(exercise, task.work, force.level, reason, device=task.device, seed=task.seed)
        yield Graded(task=task, report=report, tries=2)


def _in_parallel(queues: Mapping[str, Iterable[Task]], force: Workforce) -> Iterator[tuple[Task, Future[bytes]]]:
    waiting = {device: iter(tasks) for device, tasks in queues.items()}
    running: dict[Future[bytes], Task] = {}
    in_flight = dict.fromkeys(queues, 0)
    while True:
        for device, tasks in list(waiting.items()):
            while in_flight[device] < AHEAD * force.width(device):
                if (task := next(tasks, None)) is None:
                    del waiting[device]
                    break
                running[force.submit(task)] = task
                in_flight[device] += 1
        if not running:
            return
        done, _ = wait(running, return_when=FIRST_COMPLETED)
        for future in done:
            task = running.pop(future)
            in_flight[task.device] -= 1
            yield task, future


def _report(future: Future[bytes]) -> Report | str:
    """The report, or why there is none."""
    try:
        return msgspec.json.decode(future.result(), type=Report)
    except Exception as error:
        return f"{type(error).__name__}: {error}"

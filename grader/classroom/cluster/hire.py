"""Makes a dask.distributed cluster a `Workforce`: sends it the course once, then submissions as bytes."""

from __future__ import annotations

import contextlib
import logging
import secrets
import time
from collections.abc import Sequence
from concurrent.futures import Future
from typing import Final

import msgspec
from distributed import Client

from grader.classroom.cluster.plugin import Condition, Grading, condition_there, grade_there
from grader.classroom.workforce import Task, Terms, check_safe
from grader.errors import UsageError
from grader.exercises.exercise import Exercise
from grader.grading.version import own_source, own_version
from grader.sandbox.limits import LEVELS

CONNECT_S: Final = 20
WORKERS_S: Final = 60
"""Seconds that a scheduler has to answer, and its first worker to come."""
COURSE_CAP: Final = 64 << 20
"""Bytes of a course that travels."""
_RECOUNT_S: Final = 5.0


class Cluster:
    """A `Workforce` on a dask scheduler's workers.

    Args:
        address: the scheduler's, such as "tcp://10.0.0.7:8786".
        exercises: whose checks are sent.
        secret: the class's.
        terms: how to grade. A worker of the cluster takes as many tasks as it has threads, and for a GPU as many as
            its resource `GPU` says, times `gpu_jobs`.

    Raises:
        UsageError: if the cluster cannot be reached, has no workers, or some that cannot be used.
    """

    def __init__(
        self,
        address: str,
        exercises: Sequence[Exercise],
        secret: bytes,
        terms: Terms,
    ) -> None:
        logging.getLogger("distributed").setLevel(logging.ERROR)
        files = files_of(exercises)
        try:
            self._client = Client(address, timeout=CONNECT_S, set_as_default=False)
        except (OSError, ValueError) as error:
            raise UsageError(f"--cluster {address}: no dask scheduler answers there ({error}).") from None
        self._name = f"grade-{secrets.token_hex(8)}"
        try:
            try:
                self._client.wait_for_workers(1, timeout=WORKERS_S)
            except TimeoutError:
                raise UsageError(f"--cluster {address}: the scheduler has no workers. Start some first.") from None
            self._client.register_plugin(Grading(self._name, files, secret, terms))
            conditions = self._client.run(condition_there, self._name)
            found = {where: msgspec.json.decode(data, type=Condition) for where, data in conditions.items()}
            self.level, self.versions, self.accelerator = _agreed(found, terms)
        except BaseException:
            self.close()
            raise
        self._gpu_jobs = terms.gpu_jobs
        self._executors = {
            False: self._client.get_executor(pure=False),
            True: self._client.get_executor(pure=False, resources={"GPU": 1 / terms.gpu_jobs}),
        }
        self._widths: dict[bool, int] = {}
        self._counted = 0.0

    def width(self, device: str) -> int:
        """See `Workforce`. Workers come and go: they are counted again now and then.

        Raises:
            UsageError: if the device is a GPU and no worker has announced one.
        """
        if time.monotonic() - self._counted > _RECOUNT_S:
            workers = self._client.scheduler_info(n_workers=-1)["workers"].values()
            gpus = sum(worker.get("resources", {}).get("GPU", 0) for worker in workers)
            self._widths = {
                False: max(1, sum(worker["nthreads"] for worker in workers)),
                True: int(gpus * self._gpu_jobs),
            }
            self._counted = time.monotonic()
        if device != "cpu" and not self._widths[True]:
            raise UsageError(
                "No worker of the cluster says that it has a GPU. Start those that have one with: --resources GPU=1"
            )
        return self._widths[device != "cpu"]

    def submit(self, task: Task) -> Future[bytes]:
        """See `Workforce`."""
        executor = self._executors[task.device != "cpu"]
        future: Future[bytes] = executor.submit(grade_there, self._name, msgspec.msgpack.encode(task))
        return future

    def close(self) -> None:
        """See `Workforce`."""
        # Where nobody is left to forget it, or never knew it, there is nothing to do.
        with contextlib.suppress(Exception):
            self._client.unregister_worker_plugin(self._name)
        self._client.close(timeout=5)


def files_of(exercises: Sequence[Exercise]) -> dict[str, bytes]:
    """What a worker needs of the course: the exercises' files on both sides, and their stubs.

    Raises:
        UsageError: if that is too much to send.
    """
    found: dict[str, bytes] = {}
    for exercise in exercises:
        found |= {f"{file.side}/{exercise.id}/{file.name}": file.content for file in exercise.files()}
        stub = exercise.stub_path if exercise.stub_path.is_file() else exercise.pristine_path
        found[f"exercises/{exercise.id}/{exercise.stub}"] = stub.read_bytes()
    if (size := sum(map(len, found.values()))) > COURSE_CAP:
        raise UsageError(f"The exercises' files hold {size >> 20} MB, too much to send to a cluster.")
    return found


def _agreed(found: dict[str, Condition], terms: Terms) -> tuple[str, dict[str, str], str]:
    """Level, versions and accelerator of workers that would all reach the same verdicts.

    Raises:
        UsageError: naming a worker that would not.
    """
    first, *others = found.items()
    for where, condition in found.items():
        if condition.grader != own_version():
            raise UsageError(f"The cluster's worker {where} has grade {condition.grader}; here it is {own_version()}.")
        if condition.source != own_source():
            raise UsageError(
                f"The cluster's worker {where} has grade {own_version()} as here, but other source code. Install the "
                "same there, and start the worker again."
            )
        check_safe(condition.level, terms, f"on the cluster's worker {where}")
    for where, condition in others:
        if condition.versions != first[1].versions:
            raise UsageError(
                f"The cluster's workers {first[0]} and {where} differ: {first[1].versions} and {condition.versions}. "
                "Verdicts could depend on where they are reached."
            )
    weakest = max((condition.level for condition in found.values()), key=LEVELS.index)
    accelerators = sorted({c.accelerator for c in found.values() if c.accelerator})
    return weakest, first[1].versions, accelerators[0] if accelerators else ""

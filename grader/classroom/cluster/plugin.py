"""On each of a cluster's workers: the course's checks and one sandbox, whose zygote stays warm from task to task.

A cluster's worker is on the trusted side, like the command itself: it holds checks, the secret and verdicts. Student
code runs in its sandbox's workers only, and a submission is nothing but bytes to it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from distributed import WorkerPlugin, get_worker

from grader.classroom.workforce import Task, Terms, grade_task
from grader.exercises.course import Course
from grader.grading.examiner import Examiner
from grader.grading.version import own_source, own_version
from grader.sandbox import removal
from grader.sandbox.ladder import Ladder

if TYPE_CHECKING:
    from distributed import Worker


class Condition(msgspec.Struct, frozen=True):
    """What a worker of the cluster says about itself."""

    grader: str
    source: str
    level: str
    versions: dict[str, str]
    accelerator: str


class Grading(WorkerPlugin):  # type: ignore[misc]
    """Gives a cluster's worker what it needs to grade.

    Args:
        name: unlike that of any other run.
        files: the course, as path → bytes.
        secret: the class's.
        terms: how to grade.
    """

    def __init__(self, name: str, files: Mapping[str, bytes], secret: bytes, terms: Terms) -> None:
        self.name = name
        self._files = dict(files)
        self._secret = secret
        self._terms = terms
        self._folder = ""
        self._examiner: Examiner | None = None
        self._sandbox: Ladder | None = None

    def setup(self, worker: Worker) -> None:
        """Lay the course where no one else looks, load its checks and start the zygote."""
        self._folder = tempfile.mkdtemp(prefix="grade-", dir=worker.local_directory)
        for name, data in self._files.items():
            path = Path(self._folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        exercises = Course(Path(self._folder)).exercises()
        self._examiner = Examiner(exercises, secret=self._secret, device=self._terms.device)
        self._sandbox = self._examiner.open_sandbox(self._terms.isolation, submissions=self._terms.submissions)
        self._examiner.load()

    def teardown(self, worker: Worker) -> None:
        """Kill the zygote and what runs in it, and leave nothing."""
        if self._sandbox is not None:
            self._sandbox.close()
        removal.remove(self._folder)

    def condition(self) -> Condition:
        """What this worker is, once its zygote is warm."""
        assert self._sandbox is not None
        self._sandbox.settle()
        sandbox = self._sandbox
        return Condition(own_version(), own_source(), sandbox.level, sandbox.versions, sandbox.accelerator)

    def grade(self, task: Task) -> bytes:
        """The report, as JSON."""
        assert self._sandbox is not None
        assert self._examiner is not None
        return msgspec.json.encode(grade_task(self._examiner, task, self._sandbox))


def grade_there(name: str, task: bytes) -> bytes:
    """Run on a cluster's worker: grade a task, which has travelled as msgpack; the report travels back as JSON."""
    found: Grading = get_worker().plugins[name]
    return found.grade(msgspec.msgpack.decode(task, type=Task))


def condition_there(name: str, dask_worker: Any) -> bytes:
    """Run on every worker of a cluster: its `Condition`, as JSON."""
    found: Grading = dask_worker.plugins[name]
    return msgspec.json.encode(found.condition())

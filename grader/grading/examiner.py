"""The examiner: which checks work is asked, on which device, with which seed, secret and materials.

Everybody who grades asks here: one file or many, a save, a cell, a class. So each of these is chosen in one place.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence

from grader.checks.check import Check
from grader.checks.materials import Materials
from grader.errors import UsageError
from grader.exercises.course import warm_modules
from grader.exercises.exercise import Basis, Exercise
from grader.grading import devices
from grader.grading.cells import Execution
from grader.grading.glimpses import Onlooker
from grader.grading.runner import Settings, grade, not_graded
from grader.grading.secret import new_seed, secret_of
from grader.results import Report
from grader.sandbox import extras
from grader.sandbox.host import Sandbox
from grader.sandbox.ladder import AUTO, Ladder, open_sandbox
from grader.sandbox.reader import HERE
from grader.submissions.work import Work


class Examiner:
    """Grades work for some exercises. Threads may share it.

    Args:
        exercises: those that there may be work for.
        hidden: whether hidden checks are asked, where they are present.
        secret: what hidden checks' inputs follow from; None: the course's own, looked up when it is needed.
        device: as `--device` says it.
        seed: of everything that is graded here; None: a new one each time, unless `grade` is told one.
        materials: data and the like.
        onlooker: is shown which check comes next, and what long questions have come to.

    Raises:
        UsageError: if `device` is not a device's name.
    """

    def __init__(
        self,
        exercises: Sequence[Exercise],
        *,
        hidden: bool = True,
        secret: bytes | None = None,
        device: str = "auto",
        seed: int | None = None,
        materials: Materials | None = None,
        onlooker: Onlooker | None = None,
    ) -> None:
        self._exercises = {exercise.id: exercise for exercise in exercises}
        self._hidden, self._secret = hidden, secret
        self._device, self._seed = devices.check_form(device), seed
        self._materials, self._onlooker = materials or Materials(), onlooker
        self._loaded: dict[str, tuple[tuple[Check, ...], Basis]] = {}
        """Checks, and what they were loaded from: a class needs both a thousand times."""
        self._one_at_a_time = threading.Lock()

    @property
    def warm(self) -> tuple[str, ...]:
        """Modules beside torch that a sandbox for these exercises imports before its first worker."""
        return warm_modules(list(self._exercises.values()))

    @property
    def wants_gpu(self) -> bool:
        """Whether a sandbox for these exercises must let GPUs in."""
        return devices.wants_gpu(self._device, list(self._exercises.values()))

    def open_sandbox(self, isolation: str = AUTO, *, notebooks: bool = False, submissions: int = 1) -> Ladder:
        """A sandbox that begins to warm up for these exercises at once: best before anything else that takes time.

        Raises:
            UsageError: if there is no such level, or a package that an exercise needs is not installed.
        """
        for exercise in self._exercises.values():
            if exercise.lack:
                raise UsageError(exercise.lack)
        sandbox = open_sandbox(
            isolation,
            warm=self.warm,
            cuda=self.wants_gpu,
            notebooks=notebooks,
            submissions=submissions,
        )
        HERE.begin()  # it comes up while the sandbox imports torch
        return sandbox

    def load(self) -> Examiner:
        """Load the checks of all exercises, and with hidden ones the secret; else that is done when they are asked.

        Raises:
            AuthoringError: if an exercise's checks cannot be loaded.
            UsageError: if a secret is needed, and there is none and none can be made.
        """
        for exercise in self._exercises.values():
            self._settings(exercise, "cpu", 0)
        return self

    def exercise(self, exercise_id: str) -> Exercise:
        """One of the exercises, by its id."""
        return self._exercises[exercise_id]

    def device_for(self, exercise: Exercise, sandbox: Ladder) -> str:
        """The device to grade an exercise on, in a sandbox that has settled.

        Raises:
            UsageError: if a device was demanded that is not there.
        """
        return devices.choose(self._device, exercise, sandbox.accelerator)

    def grade(
        self,
        exercise: Exercise,
        work: Work,
        sandbox: Sandbox,
        *,
        device: str,
        seed: int | None = None,
        execution: Execution | None = None,
    ) -> Report:
        """The report. A fault of ours is in it, and raised only if nobody has foreseen its kind.

        Raises:
            UsageError: if the work is a notebook, and what executes one is not installed.
        """
        if work.notebook is not None and (gone := extras.missing(extras.NOTEBOOKS)):
            raise UsageError(extras.lack("Grading a notebook needs", gone))
        settings = self._settings(exercise, device, seed)
        checks, basis = self._loaded[exercise.id]
        return grade(exercise, checks, work, sandbox, settings, execution, basis)

    def load_only(self, exercise: Exercise, work: Work, sandbox: Sandbox) -> Report:
        """A report from which only counts whether the work could be loaded: to ask one question, it must have been."""
        settings = self._settings(exercise, "cpu", 0)
        checks, basis = self._loaded[exercise.id]
        return grade(exercise, checks[:1], work, sandbox, settings, basis=basis)

    def not_graded(self, exercise: Exercise, work: Work, level: str, reason: str, *, device: str, seed: int) -> Report:
        """The report that says that a fault of ours kept the work from being graded."""
        settings = self._settings(exercise, device, seed)
        checks, basis = self._loaded[exercise.id]
        return not_graded(exercise, checks, basis, work, settings, level, reason)

    def _settings(self, exercise: Exercise, device: str, seed: int | None) -> Settings:
        with self._one_at_a_time:
            if exercise.id not in self._loaded:
                basis = exercise.basis()
                self._loaded[exercise.id] = exercise.load_checks(hidden=self._hidden), basis
            if self._secret is None and any(check.hidden for check in self._loaded[exercise.id][0]):
                self._secret = secret_of(exercise.folder.parents[1])
            secret = self._secret or b""
        wanted = seed if seed is not None else self._seed
        return Settings(
            device=device,
            seed=new_seed() if wanted is None else wanted,
            secret=secret,
            materials=self._materials,
            onlooker=self._onlooker,
        )

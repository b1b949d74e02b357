"""A run over a class, step by step: who is meant, what is to be graded, and the tasks."""

from __future__ import annotations

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from grader.checks.inputs import class_seed
from grader.classroom.intake.pupil import Pupil
from grader.classroom.moments import Moment
from grader.classroom.record import ExerciseInfo
from grader.classroom.store import GradeStore, Handed, key_of
from grader.classroom.workforce import Task, Workforce
from grader.errors import UsageError
from grader.exercises.exercise import Exercise
from grader.grading import devices
from grader.grading.version import own_source, own_version
from grader.results import SCHEMA_VERSION
from grader.sandbox.limits import BASIC

SEED_POLICY: Final = "HMAC-SHA-256 of attempt, exercise, student; 53 bits"
"""How a student's seed follows from the class's secret; another way would make other verdicts."""


@dataclass(frozen=True)
class Planned:
    """Something to grade: what, on which device, with which seed, and the key its verdict will be known by."""

    handed: Handed
    device: str
    seed: int
    key: str


def infos(exercises: Sequence[Exercise], wanted: Sequence[str]) -> dict[int, ExerciseInfo]:
    """Place in the course → exercise, of those that are wanted; without any, all."""
    return {
        place: ExerciseInfo(id=exercise.id, title=exercise.title, points=exercise.points)
        for place, exercise in enumerate(exercises)
        if not wanted or exercise.id in wanted
    }


def noting_moments(pupils: Iterable[Pupil], moments: dict[tuple[str, str], Moment]) -> Iterator[Pupil]:
    """The same students, one after the other, while what is known of when their work came is put into `moments`."""
    for pupil in pupils:
        moments |= {(pupil.name, exercise): moment for exercise, moment in pupil.moments.items()}
        yield pupil


def secret_id(secret: bytes) -> str:
    """Tells secrets apart without saying anything about them."""
    return hmac.new(secret, b"the id of a class's secret", hashlib.sha256).hexdigest()[:16]


def plan(
    handed_in: Iterable[Handed], exercises: Mapping[str, Exercise], force: Workforce, device: str, secret: bytes
) -> list[Planned]:
    """Everything that was handed in, with the key under which its verdict is known.

    What needs nothing but torch comes first: none of it waits for what another exercise needs to be imported.
    """
    versions = {"grader": own_version(), "source": own_source(), "reports": SCHEMA_VERSION, **force.versions}
    identity = secret_id(secret)
    chosen = {id_: devices.choose(device, exercise, force.accelerator) for id_, exercise in exercises.items()}
    checks = {id_: exercise.fingerprint() for id_, exercise in exercises.items()}
    return [
        Planned(
            handed,
            chosen[handed.exercise],
            class_seed(secret, handed.student, handed.exercise, handed.attempt),
            key_of(
                work=handed.work,
                checks=checks[handed.exercise],
                seeds=(SEED_POLICY, identity, handed.student, handed.exercise, handed.attempt),
                versions=versions,
                device=chosen[handed.exercise].partition(":")[0],
                confined=force.level != BASIC,
            ),
        )
        for handed in sorted(handed_in, key=lambda handed: len(exercises[handed.exercise].warm))
    ]


def unfinished(planned: Iterable[Planned], finished: Mapping[tuple[str, str, int], str]) -> list[Planned]:
    """Those whose verdict does not stand already, under the same key."""
    return [
        item
        for item in planned
        if finished.get((item.handed.student, item.handed.exercise, item.handed.attempt)) != item.key
    ]


def queues(planned: Sequence[Planned], store: GradeStore) -> dict[str, Iterator[Task]]:
    """Device → its tasks; each work is read from the store when its turn comes."""
    by_device: dict[str, list[Planned]] = defaultdict(list)
    for item in planned:
        by_device[item.device].append(item)
    return {device: (task_of(item, store) for item in items) for device, items in by_device.items()}


def task_of(planned: Planned, store: GradeStore) -> Task:
    """The task, with the work's bytes."""
    handed = planned.handed
    return Task(
        student=handed.student,
        exercise=handed.exercise,
        attempt=handed.attempt,
        seed=planned.seed,
        device=planned.device,
        work=store.work(handed),
    )


def chosen_students(store: GradeStore, only: Sequence[str]) -> set[str]:
    """The students meant by `--only`; all who are there without it.

    Raises:
        UsageError: if one of them is not.
    """
    present = {student.name for student in store.students() if student.present}
    if unknown := [name for name in only if name not in present]:
        known = ", ".join(sorted(present)[:5]) + (", …" if len(present) > 5 else "")
        raise UsageError(f"There is no student {unknown[0]!r} among the submissions. They are called: {known}.")
    return set(only) or present

"""A run over a class, step by step: what is to be graded, the tasks, and the record of it all in the end."""

from __future__ import annotations

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from grader.checks.inputs import class_seed
from grader.checks.remembered import remembered
from grader.classroom import flags
from grader.classroom.alike import Written, alike
from grader.classroom.intake.pupil import Pupil
from grader.classroom.moments import Moment
from grader.classroom.record import ClassRecord, ExerciseInfo, StudentRecord
from grader.classroom.store import GradeStore, Handed, key_of
from grader.classroom.unnamed import Unnamed
from grader.classroom.workforce import Task, Workforce
from grader.errors import UsageError
from grader.exercises.exercise import Exercise
from grader.grading import devices
from grader.grading.version import own_source, own_version
from grader.results import SCHEMA_VERSION, Report
from grader.sandbox.facts import Likeness
from grader.sandbox.limits import BASIC
from grader.submissions.work import of_bytes

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


def class_record(
    store: GradeStore, exercises: Iterable[Exercise], title: str, unnamed: tuple[Unnamed, ...] = ()
) -> ClassRecord:
    """What the store knows, as reports need it.

    Args:
        store: the class's.
        exercises: the course's, to know an untouched stub by, and what is nobody's own.
        title: what the class is called.
        unnamed: the mistakes without a name.
    """
    wanted = {info.id for info in store.exercises()}
    course = [exercise for exercise in exercises if exercise.id in wanted]
    stubs = {exercise.id: _likeness_of(exercise.stub_path).fingerprint for exercise in course}
    students = store.students()
    together = {student.name: student.together for student in students}
    reports: dict[str, dict[str, Report]] = defaultdict(dict)
    entries, works = [], []
    for verdict in store.verdicts():
        handed = verdict.handed
        reports[handed.student][handed.exercise] = verdict.report
        others = together.get(handed.student, ())
        entries.append(flags.GradedWork(handed.student, verdict.report, others))
        # Everybody has the stub: that two have not touched it says nothing.
        if verdict.likeness.fingerprint != stubs.get(handed.exercise):
            works.append(Written(handed.student, handed.exercise, verdict.likeness, others))
    groups = alike(works, {exercise.id: _common(exercise) for exercise in course})
    raised = flags.flags(entries, groups)
    absent = ("Not among the submissions any more: what was graded before is kept.",)
    return ClassRecord(
        title=title,
        exercises=tuple(store.exercises()),
        students=tuple(
            StudentRecord(
                name=student.name,
                reports=reports.get(student.name, {}),
                notes=student.notes if student.present else (*student.notes, *absent),
                flags=raised.get(student.name, {}),
                late=student.enrolment.late,
                untouched=student.enrolment.untouched,
                identity=student.enrolment.identity,
            )
            for student in students
        ),
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        unread=tuple(store.unread()),
        alike=groups,
        unnamed=unnamed,
    )


def people(store: GradeStore) -> list[str]:
    """Every name, address and login that is known of the class's students."""
    found = []
    for student in store.students():
        who = student.enrolment.identity
        found += [student.name, who.name, who.login, who.email.partition("@")[0]]
    return [name for name in found if name]


def _common(exercise: Exercise) -> frozenset[int]:
    """What the course's own programs say: the stub, the solution, and other right ones."""
    paths = [exercise.stub_path]
    if exercise.solution_folder is not None and exercise.solution_path is not None:
        paths += [exercise.solution_path, *sorted((exercise.solution_folder / "right").glob("*.py"))]
    return frozenset().union(*(_likeness_of(path).sketch for path in paths))


def _likeness_of(path: Path) -> Likeness:
    try:
        return _likeness(path.name, path.read_bytes())
    except OSError:
        return Likeness()


@remembered
def _likeness(name: str, content: bytes) -> Likeness:
    return of_bytes(name, content).likeness

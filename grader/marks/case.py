"""Everything that a student's mark is made of, read from `grades.db`, and what has changed beneath a person's word."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from grader.classroom.moments import Moment
from grader.classroom.record import ClassRecord, ExerciseInfo, StudentRecord
from grader.classroom.store import GradeStore, key_of
from grader.errors import UsageError
from grader.marks.journal import Journal
from grader.marks.lateness import lateness
from grader.marks.mark import Mark, mark_of
from grader.marks.policy import NONE, Policy, parse
from grader.marks.words import Beneath, Word, standing
from grader.results import Report
from grader.text import label

NAMES = "names of exercises"
"""The fact under which a class keeps what its course calls exercises: JSON, name → id."""


class Case(Struct, frozen=True, kw_only=True):
    """One student. `attempts`: exercise id → the number of the attempt that counts."""

    student: str
    reports: Mapping[str, Report] = {}
    attempts: Mapping[str, int] = {}
    moments: Mapping[str, Moment] = {}
    words: tuple[Word, ...] = ()

    @property
    def standing(self) -> list[Word]:
        """What was said of them and counts."""
        return standing(self.words)

    def beneath(self, exercise: str, check: str) -> Beneath | None:
        """The verdict that a word said now about a check, or about the exercise, is said of."""
        if (report := self.reports.get(exercise)) is None:
            return None
        attempt = self.attempts.get(exercise, 0)
        if not check:
            return Beneath(attempt, report.earned)
        result = next((result for result in report.checks if result.id == check), None)
        return Beneath(attempt, result.earned, result.status) if result is not None else Beneath(attempt, 0.0, "gone")

    def changed(self, exercise: str) -> str:
        """A sentence if the verdict is another than when somebody last spoke of it; "" otherwise."""
        said = [word for word in self.standing if word.exercise == exercise and exercise]
        if not said:
            return ""
        last = said[-1]
        then, now = last.beneath, self.beneath(exercise, last.check)
        if then == now or (then and now and (then.earned, then.status) == (now.earned, now.status)):
            return ""
        what = f"check {last.check} of {label(exercise)}" if last.check else label(exercise)
        return f"When {last.who} spoke of {what}, the verdict was {_shown(then)}; now it is {_shown(now)}."


def _shown(beneath: Beneath | None) -> str:
    if beneath is None:
        return "that nothing was handed in"
    return f"{beneath.status} with {beneath.earned:g} points" if beneath.status else f"{beneath.earned:g} points"


def names_of(store: GradeStore) -> dict[str, str]:
    """Every way to call an exercise of the class's course → its id."""
    known = {name: info.id for info in store.exercises() for name in (info.id, info.label)}
    return {**json.loads(store.meta(NAMES) or "{}"), **known}


def exercise_id(store: GradeStore, called: str) -> str:
    """The id of an exercise of the class.

    Raises:
        UsageError: if it is none of them.
    """
    names = {name.casefold(): id_ for name, id_ in names_of(store).items()}
    ids = [info.id for info in store.exercises()]
    wanted = called.casefold()
    for form in (wanted, f"ex{wanted.zfill(2)}", f"lab{wanted.zfill(2)}"):
        if names.get(form) in ids:
            return names[form]
    known = ", ".join(label(id_) for id_ in ids[:6])
    raise UsageError(f"The class was not graded on {called!r}. Its exercises are {known}{', …' if ids[6:] else ''}.")


def policy_of(store: GradeStore, journal: Journal) -> Policy:
    """The policy that counts now; without one the mark is the sum of the points.

    Raises:
        UsageError: if it cannot be understood any more.
    """
    told = journal.policies()
    return parse(told[-1].text, names_of(store), told[-1].file) if told else NONE


def strangers(policy: Policy, students: Iterable[str]) -> list[str]:
    """A sentence for each extension of somebody who is not in the class, so that it helps nobody."""
    known = set(students)
    return [
        f"The policy gives an extension to {name!r}, and no student is called so."
        for name in dict.fromkeys(student for student, _ in policy.extensions)
        if name not in known
    ]


def case_of(store: GradeStore, journal: Journal, student: str) -> Case:
    """One student's case.

    Raises:
        UsageError: if nobody is called so.
    """
    if student not in (known := [found.name for found in store.students()]):
        some = ", ".join(known[:5]) + (", …" if len(known) > 5 else "")
        raise UsageError(f"There is no student {student!r} in the class. They are called: {some}.")
    verdicts = {verdict.handed.exercise: verdict for verdict in store.verdicts(student)}
    return Case(
        student=student,
        reports={id_: verdict.report for id_, verdict in verdicts.items()},
        attempts={id_: verdict.handed.attempt for id_, verdict in verdicts.items()},
        moments={exercise: moment for (_, exercise), moment in store.moments(student).items()},
        words=tuple(journal.words(student)),
    )


def everybody(store: GradeStore, journal: Journal) -> dict[str, Case]:
    """Everybody's case, by name."""
    reports: dict[str, dict[str, Report]] = {student.name: {} for student in store.students()}
    for verdict in store.verdicts():
        reports.setdefault(verdict.handed.student, {})[verdict.handed.exercise] = verdict.report
    return _cases(reports, store, journal)


def cases_of(record: ClassRecord, store: GradeStore, journal: Journal) -> dict[str, Case]:
    """Everybody's, by name, in the record's order and with its reports."""
    return _cases({student.name: student.reports for student in record.students}, store, journal)


def _cases(reports: Mapping[str, Mapping[str, Report]], store: GradeStore, journal: Journal) -> dict[str, Case]:
    attempts: dict[str, dict[str, int]] = defaultdict(dict)
    moments: dict[str, dict[str, Moment]] = defaultdict(dict)
    words: dict[str, list[Word]] = defaultdict(list)
    for handed in store.handed_in():
        attempts[handed.student][handed.exercise] = handed.attempt
    for (student, exercise), moment in store.moments().items():
        moments[student][exercise] = moment
    for word in journal.words():
        words[word.student].append(word)
    return {
        student: Case(
            student=student,
            reports=theirs,
            attempts=attempts.get(student, {}),
            moments=moments.get(student, {}),
            words=tuple(words.get(student, ())),
        )
        for student, theirs in reports.items()
    }


def with_lateness(record: ClassRecord, policy: Policy, cases: Mapping[str, Case]) -> ClassRecord:
    """The record, in which also such work is late as came after the policy's deadline, whatever a platform calls it."""
    students = tuple(replace(student, late=_late(record, student, policy, cases)) for student in record.students)
    if all(now.late == before.late for now, before in zip(students, record.students, strict=True)):
        return record
    late = [(student.name, student.late) for student in students if student.late]
    return replace(record, students=students, made_of=record.made_of and key_of(of=record.made_of, late=late))


def _late(record: ClassRecord, student: StudentRecord, policy: Policy, cases: Mapping[str, Case]) -> tuple[str, ...]:
    moments = cases[student.name].moments if student.name in cases else {}
    found = set(student.late)
    for exercise in student.reports:
        if moment := moments.get(exercise):
            late = lateness(policy, policy.deadline(student.name, exercise), moment)
            found |= {exercise} if late.known else set()
    places = {exercise.id: place for place, exercise in enumerate(record.exercises)}
    return tuple(sorted(found, key=lambda id_: places.get(id_, -1))) if found != set(student.late) else student.late


def mark(policy: Policy, exercises: Sequence[ExerciseInfo], case: Case) -> Mark:
    """The mark that a policy makes of a case."""
    return mark_of(policy, exercises, case.student, case.reports, case.moments, case.words)

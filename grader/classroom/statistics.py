"""What a class's record shows when it is looked at as a whole. Pure: a record in, figures out."""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from grader.classroom.record import ClassRecord, ExerciseInfo
from grader.results import CheckResult, Status

BINS = 10
"""Parts of equal width that points are counted in; who earned all of them is counted apart."""
_LOST = (Status.FAILED, Status.ERROR, Status.TIMEOUT, Status.CRASHED)
UNEXPLAINED = "A wrong answer that no known mistake explains."


@dataclass(frozen=True)
class Summary:
    """One exercise over the class. `earned`: the points of all who handed it in and were graded whole, ascending."""

    exercise: ExerciseInfo
    handed_in: int
    all_passed: int
    not_loaded: int
    earned: tuple[float, ...]

    @property
    def mean(self) -> float:
        """Mean points; 0.0 if there are none."""
        return statistics.fmean(self.earned) if self.earned else 0.0

    @property
    def median(self) -> float:
        """Median points; 0.0 if there are none."""
        return statistics.median(self.earned) if self.earned else 0.0

    @property
    def bins(self) -> tuple[int, ...]:
        """How many earned 0 to under 10 % of the points, 10 to under 20 %, …, 90 to under 100 %, and all of them."""
        whole = self.exercise.points or 1.0
        counts = Counter(min(BINS, int(BINS * earned / whole + 1e-9)) for earned in self.earned)
        return tuple(counts[index] for index in range(BINS + 1))


@dataclass(frozen=True)
class Mistake:
    """A sentence that several students were told, for one check.

    `example`: what was seen the first time. `students`: who was told, by name.
    """

    exercise: str
    check: str
    sentence: str
    count: int
    example: str
    students: tuple[str, ...] = ()


@dataclass(frozen=True)
class LostCheck:
    """A check, how many were asked and lost it, and the mistakes that they made, commonest first.

    `points`: all that were lost at it, by those who were asked.
    """

    exercise: ExerciseInfo
    id: str
    title: str
    hidden: bool
    asked: int
    lost: int
    waited: int
    points: float
    mistakes: tuple[Mistake, ...]


@dataclass
class _Tally:
    first: CheckResult
    asked: int = 0
    lost: int = 0
    waited: int = 0
    points: float = 0.0
    sentences: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    examples: dict[str, str] = field(default_factory=dict)


def summaries(record: ClassRecord) -> tuple[Summary, ...]:
    """Each exercise in numbers, in the course's order."""
    found = []
    for exercise in record.exercises:
        reports = [student.reports[exercise.id] for student in record.students if exercise.id in student.reports]
        found.append(
            Summary(
                exercise=exercise,
                handed_in=len(reports),
                all_passed=sum(report.passed for report in reports),
                not_loaded=sum(report.problem is not None for report in reports),
                earned=tuple(sorted(report.earned for report in reports if not report.our_fault)),
            )
        )
    return tuple(found)


def total(record: ClassRecord) -> Summary:
    """All exercises together, as if they were one that everybody handed in who handed in anything."""
    handed_in = [student for student in record.students if student.reports]
    return Summary(
        exercise=ExerciseInfo(id="all", title="All exercises", points=record.points),
        handed_in=len(handed_in),
        all_passed=sum(
            all(exercise.id in student.reports and student.reports[exercise.id].passed for exercise in record.exercises)
            for student in handed_in
        ),
        not_loaded=0,
        earned=tuple(sorted(student.earned for student in handed_in if not student.our_fault)),
    )


def lost_checks(record: ClassRecord) -> tuple[LostCheck, ...]:
    """Every check that somebody lost, the one that cost the class most points first.

    Work that could not be loaded was asked nothing and is not counted; neither are checks that waited for another.
    """
    found = []
    for exercise in record.exercises:
        tallies: dict[str, _Tally] = {}
        for student in record.students:
            report = student.reports.get(exercise.id)
            if report is not None and report.problem is None:
                for result in report.checks:
                    _count(tallies.setdefault(result.id, _Tally(result)), result, student.name)
        found += [_lost_check(exercise, tally) for tally in tallies.values() if tally.lost]
    return tuple(sorted(found, key=lambda check: (-check.points, -check.lost / check.asked)))


def mistakes_of(record: ClassRecord) -> tuple[Mistake, ...]:
    """What most students were told, one line a sentence and exercise, commonest first."""
    students: defaultdict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    first: dict[tuple[str, str], CheckResult] = {}
    for student in record.students:
        for exercise, report in student.reports.items():
            for result in report.checks:
                if result.status in _LOST and (result.message or result.mistake) and report.problem is None:
                    key = exercise, sentence_of(result)
                    students[key][student.name] = None
                    first.setdefault(key, result)
    found = [
        Mistake(
            exercise, first[exercise, sentence].title, sentence, len(who), first[exercise, sentence].message, tuple(who)
        )
        for (exercise, sentence), who in students.items()
    ]
    return tuple(sorted(found, key=lambda mistake: -mistake.count))


def sentence_of(result: CheckResult) -> str:
    """What a lost check is grouped by: the mistake's sentence, or what happened, without this student's own values."""
    if result.mistake:
        return result.mistake
    match result.status:
        case Status.ERROR if error := result.evidence.get("error"):
            return f"The code raised {error.split(':')[0]}."
        case Status.ERROR:
            return "The code raised an error."
        case Status.TIMEOUT:
            return "No answer in time."
        case Status.CRASHED:
            return "The process ended without an answer."
        case _:
            return UNEXPLAINED


def _count(tally: _Tally, result: CheckResult, student: str) -> None:
    if result.status is Status.SKIPPED:
        tally.waited += 1
    elif result.status is Status.PASSED or result.status in _LOST:
        tally.asked += 1
    if result.status in _LOST:
        tally.lost += 1
        tally.points += result.points - result.earned
        sentence = sentence_of(result)
        tally.sentences[sentence].append(student)
        tally.examples.setdefault(sentence, result.message)


def _lost_check(exercise: ExerciseInfo, tally: _Tally) -> LostCheck:
    return LostCheck(
        exercise=exercise,
        id=tally.first.id,
        title=tally.first.title,
        hidden=tally.first.hidden,
        asked=tally.asked,
        lost=tally.lost,
        waited=tally.waited,
        points=round(tally.points, 2),
        mistakes=tuple(
            Mistake(exercise.id, tally.first.title, sentence, len(who), tally.examples[sentence], tuple(who))
            for sentence, who in sorted(tally.sentences.items(), key=lambda pair: -len(pair[1]))
        ),
    )

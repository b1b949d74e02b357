"""What the page of a class shows, worked out and in words: a record in, plain rows out; the template lays them out."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from msgspec import Struct

from grader.classroom.attention import Concern, Kind, concerns
from grader.classroom.record import ClassRecord, StudentRecord
from grader.classroom.statistics import BINS, LostCheck, Summary, lost_checks, summaries, total
from grader.classroom.unnamed import Unnamed
from grader.reports.classroom.worry import CHIPS, STYLES, sentence, together
from grader.results import Report
from grader.text import counted, label, one_line

NAME_SHOWN: Final = 80
_PEOPLE_SHOWN: Final = 4
"""Names on a line; whoever wants all of them has the table show them."""
_CHIPS_SHOWN: Final = 2
_OF_A_KIND: Final = 4
"""Lines of one kind; more are one line that opens."""


class Person(Struct, frozen=True):
    """A student as a line names one; `link`: their own page, or ""."""

    name: str
    link: str


class People(Struct, frozen=True):
    """Students who have something in common. `set`: the number by which the table finds them; `more`: not `shown`."""

    set: int
    count: int
    shown: tuple[Person, ...]
    more: int


class Line(Struct, frozen=True):
    """Something that needs a person. `style`: how urgent it is: bad, warn or calm. `inner`: the same by exercise."""

    label: str
    style: str
    text: str
    details: tuple[str, ...] = ()
    people: People | None = None
    inner: tuple[Line, ...] = ()


class ExerciseRow(Struct, frozen=True):
    """An exercise in numbers; `of` is who could have handed it in. Means are "–" where nothing was graded."""

    summary: Summary
    label: str
    title: str
    described: str
    mean: str
    median: str
    handed_in: int
    of: int
    passed: int


class MistakeLine(Struct, frozen=True):
    """A mistake, who made it, and how it looked the first time, "" where that says nothing more."""

    sentence: str
    example: str
    people: People


class GroupLine(Struct, frozen=True):
    """A mistake without a name: what was answered, who answers so, and one of their programs.

    `adopt`: the command that makes a known mistake of it, up to the results' folder and after it.
    """

    number: int
    said: str
    people: People
    program: str
    adopt: tuple[str, str]


class CheckCard(Struct, frozen=True):
    """A check that cost points, with its mistakes."""

    label: str
    title: str
    hidden: bool
    points: str
    lost: int
    asked: int
    waited: int
    share: float
    mistakes: tuple[MistakeLine, ...]
    groups: tuple[GroupLine, ...]


class Chip(Struct, frozen=True):
    """A word or two about a student's work."""

    text: str
    style: str


class Row(Struct, frozen=True):
    """A student's line in the table. `cells`: text and style of each exercise. `sets`: numbers of all who are alike."""

    name: str
    link: str
    cells: tuple[tuple[str, str], ...]
    total: str
    possible: str
    chips: tuple[Chip, ...]
    more_chips: int
    sets: tuple[int, ...]
    notes: str


class Choice(Struct, frozen=True):
    """A set of students that the table can be narrowed to; `exercise` is its label, "" for none."""

    set: int
    exercise: str
    text: str


class Overview(Struct, frozen=True):
    """All that the page shows, in its order."""

    title: str
    created: str
    created_at: str
    facts: str
    lines: tuple[Line, ...]
    exercises: tuple[ExerciseRow, ...]
    all_together: ExerciseRow | None
    lost: tuple[CheckCard, ...]
    labels: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    worries: tuple[Choice, ...]
    mistakes: tuple[Choice, ...]


class _Sets:
    """Numbers sets of students as they are met, and remembers whom each holds."""

    def __init__(self, links: Mapping[str, str]) -> None:
        self._links = links
        self._next = 0
        self.of_student: dict[str, list[int]] = defaultdict(list)

    def number(self, students: Sequence[str]) -> People:
        """A new set of these."""
        self._next += 1
        for name in dict.fromkeys(students):
            self.of_student[name].append(self._next)
        shown = tuple(Person(short(name), self._links.get(name, "")) for name in students[:_PEOPLE_SHOWN])
        return People(self._next, len(students), shown, max(0, len(students) - _PEOPLE_SHOWN))


def overview(record: ClassRecord, links: Mapping[str, str]) -> Overview:
    """Everything about the class, hidden checks' evidence included.

    Args:
        record: complete, not concealed.
        links: student → the address of their own page, relative to the class's; who is not in it has none.
    """
    sets = _Sets(links)
    found = concerns(record)
    lines, worries = [], []
    for concern in found:
        people = sets.number(concern.students) if concern.students else None
        text = sentence(concern)
        lines.append((concern, Line(CHIPS[concern.kind], STYLES[concern.kind], text, concern.details, people)))
        if people:
            worries.append(Choice(people.set, label(concern.exercise) if concern.exercise else "", text))
    lost, mistakes = [], []
    for check in lost_checks(record):
        of_check = [g for g in record.unnamed if (g.exercise, g.check) == (check.exercise.id, check.id)]
        card = _card(check, of_check, sets)
        lost.append(card)
        mistakes += [Choice(line.people.set, card.label, line.sentence) for line in card.mistakes]
        mistakes += [Choice(g.people.set, card.label, f"group {g.number}: {g.said}") for g in card.groups]
    places = {exercise.label: place for place, exercise in enumerate(record.exercises)}
    chips = _chips(found, len(record.exercises))
    each = summaries(record)
    students = len(record.students)
    return Overview(
        title=record.title,
        created=_readable(record.created),
        created_at=record.created,
        facts=_facts(record),
        lines=tuple(_gathered(lines)),
        exercises=tuple(_exercise(summary, students) for summary in each),
        all_together=_exercise(total(record), students) if len(each) > 1 else None,
        lost=tuple(lost),
        labels=tuple((exercise.label, exercise.title) for exercise in record.exercises),
        rows=tuple(
            _row(record, student, links.get(student.name, ""), chips[student.name], sets.of_student[student.name])
            for student in record.students
        ),
        worries=tuple(worries),
        mistakes=tuple(sorted(mistakes, key=lambda choice: places[choice.exercise])),
    )


def short(name: str) -> str:
    """A name on one line, cut where it is longer than any name."""
    shown = one_line(name)
    return shown if len(shown) <= NAME_SHOWN else f"{shown[:NAME_SHOWN]} …"


def _gathered(lines: Sequence[tuple[Concern, Line]]) -> Iterator[Line]:
    """The lines; where a kind has many, one that holds them."""
    for kind, group in itertools.groupby(lines, key=lambda pair: pair[0].kind):
        of_kind = list(group)
        if len(of_kind) <= _OF_A_KIND:
            yield from (line for _, line in of_kind)
        else:
            text = together([concern for concern, _ in of_kind])
            yield Line(CHIPS[kind], STYLES[kind], text, inner=tuple(line for _, line in of_kind))


def _facts(record: ClassRecord) -> str:
    handed_in = sum(len(student.reports) for student in record.students)
    possible = len(record.students) * len(record.exercises)
    none = sum(not student.reports for student in record.students)
    parts = [
        counted(len(record.students), "student"),
        counted(len(record.exercises), "exercise"),
        f"{record.points:g} points",
        f"{handed_in:,} of {possible:,} works handed in",
    ]
    return " · ".join([*parts, f"nothing at all by {none}"] if none else parts)


def _exercise(summary: Summary, students: int) -> ExerciseRow:
    return ExerciseRow(
        summary=summary,
        label=summary.exercise.label,
        title=summary.exercise.title,
        described=_described(summary),
        mean=f"{summary.mean:.1f}" if summary.earned else "–",
        median=f"{summary.median:g}" if summary.earned else "–",
        handed_in=summary.handed_in,
        of=students,
        passed=summary.all_passed,
    )


def _card(check: LostCheck, groups: Sequence[Unnamed], sets: _Sets) -> CheckCard:
    return CheckCard(
        label=check.exercise.label,
        title=check.title,
        hidden=check.hidden,
        points=f"{check.points:g}",
        lost=check.lost,
        asked=check.asked,
        waited=check.waited,
        share=round(100 * check.lost / check.asked, 1),
        mistakes=tuple(
            MistakeLine(
                sentence=mistake.sentence,
                example=mistake.example if mistake.example != mistake.sentence else "",
                people=sets.number(mistake.students),
            )
            for mistake in check.mistakes
        ),
        groups=tuple(
            GroupLine(
                number=group.number,
                said=group.said,
                people=sets.number(group.students),
                program=group.program,
                adopt=("grade adopt", f'{check.exercise.label} {group.number} NAME "What to do instead."'),
            )
            for group in groups
        ),
    )


def _chips(found: Iterable[Concern], exercises: int) -> Mapping[str, Sequence[Chip]]:
    """Student → chips; those that say the same of several exercises are one, "late 3"."""
    said: dict[str, dict[Kind, list[Concern]]] = defaultdict(lambda: defaultdict(list))
    for concern in found:
        for student in concern.students:
            said[student][concern.kind].append(concern)
    chips: dict[str, list[Chip]] = defaultdict(list)
    for student, kinds in said.items():
        for kind, all_of in kinds.items():
            text = CHIPS[kind]
            if kind in (Kind.SAME, Kind.ALIKE):
                others = max(len(concern.students) for concern in all_of) - 1
                text += f" {'as' if kind is Kind.SAME else 'with'} {others}"
            if exercises > 1:
                text = f"{label(all_of[0].exercise)} {text}" if len(all_of) == 1 else f"{text} ×{len(all_of)}"
            chips[student].append(Chip(text.strip(), STYLES[kind]))
    return chips


def _row(record: ClassRecord, student: StudentRecord, link: str, chips: Sequence[Chip], sets: Sequence[int]) -> Row:
    stubs = Counter(stub for stub in student.untouched if stub in student.reports)
    if stubs:
        text = "stub" if len(stubs) == 1 else f"stub ×{len(stubs)}"
        chips = [
            *chips,
            Chip(f"{label(next(iter(stubs)))} {text}" if len(stubs) == 1 < len(record.exercises) else text, "calm"),
        ]
    told = [f"{label(id_)}: {flag}." for id_, flags in student.flags.items() for flag in flags]
    return Row(
        name=short(student.name),
        link=link,
        cells=tuple(_cell(student.reports.get(exercise.id)) for exercise in record.exercises),
        total="open" if student.our_fault else f"{student.earned:g}",
        possible=f"{record.points_of(student):g}",
        chips=tuple(chips[:_CHIPS_SHOWN]),
        more_chips=max(0, len(chips) - _CHIPS_SHOWN),
        sets=tuple(sets),
        notes="\n".join(one_line(text) for text in (*told, *student.notes)),
    )


def _cell(report: Report | None) -> tuple[str, str]:
    if report is None:
        return "–", "none"
    if report.our_fault:
        return "open", "fx"
    share = report.earned / report.points if report.points else 1.0
    style = "f3" if share >= 1 else "f2" if share >= 0.5 else "f1" if share > 0 else "f0"
    return f"{report.earned:g}", style


def _described(summary: Summary) -> str:
    """A histogram in words, for those who do not see it."""
    *below, full = summary.bins
    parts = [
        f"{count} from {100 * index // BINS} to below {100 * (index + 1) // BINS} %"
        for index, count in enumerate(below)
        if count
    ]
    parts += [f"{full} with all points"] if full else []
    return f"Students by share of the points: {', '.join(parts) or 'none'}."


def _readable(moment: str) -> str:
    try:
        return f"{datetime.fromisoformat(moment):%d %B %Y, %H:%M} UTC".lstrip("0")
    except ValueError:
        return moment

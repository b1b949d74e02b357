"""grade adjust, comment, explain, history and queue: what persons say about work, and what it comes to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from grader.commands.console import say, write_file
from grader.commands.options import CourseOption
from grader.errors import UsageError

if TYPE_CHECKING:
    from grader.classroom.store import GradeStore
    from grader.marks.case import Case
    from grader.marks.journal import Journal
    from grader.marks.words import Word

ResultsArgument = Annotated[Path, typer.Argument(help="The results folder of grade class.")]
StudentArgument = Annotated[str, typer.Argument(help="The student, as the gradebook names them.")]
OptionalStudent = Annotated[str | None, typer.Argument(help="The student, as the gradebook names them.")]
OptionalExercise = Annotated[str | None, typer.Argument(help="ex13, 13, …; without one: the mark as a whole.")]
CheckOption = Annotated[str, typer.Option(help="Only this check of the exercise, by its id.")]
GroupOption = Annotated[str, typer.Option("--mistake", help="All students of a group of equal mistakes.")]
EverybodyOption = Annotated[bool, typer.Option("--everybody", help="All who have handed in the exercise.")]
WhoOption = Annotated[str | None, typer.Option("--as", help="Who you are; unless said, your name on this machine.")]
FileOption = Annotated[Path | None, typer.Option(help="A CSV file of words; see docs/marks.md.")]


_TOLD: Final = 5
"""Students whose new mark is told."""


def adjust(
    results: ResultsArgument,
    student: OptionalStudent = None,
    exercise: OptionalExercise = None,
    points: Annotated[str, typer.Option(help="What to add, or to take off: +1, -0.5.")] = "",
    check: CheckOption = "",
    why: Annotated[str, typer.Option(help="The reason, for the student and for later.")] = "",
    mistake: GroupOption = "",
    everybody: EverybodyOption = False,
    withdraw: Annotated[int | None, typer.Option(help="Take back the word of this number.")] = None,
    import_: Annotated[Path | None, typer.Option("--import", help="Take in adjustments.csv.")] = None,
    export: Annotated[Path | None, typer.Option(help="Write all words into this CSV file.")] = None,
    who: WhoOption = None,
) -> None:
    """For instructors: give or take points by hand. The verdict stays what it is, and nothing is overwritten."""
    from grader.marks import journal, speech, words_csv
    from grader.marks.case import exercise_id

    with _class(results) as (store, book):
        name = journal.person(who)
        if export is not None:
            write_file(export, words_csv.written(book.words()))
            return
        if import_ is not None:
            known = {found.name: found for found in store.students()}
            text = words_csv.read_file(import_)
            new = words_csv.read(text, book.words(), name, lambda called: exercise_id(store, called), known)
            say(f"{len(book.say(new))} of the file's words were new, and are kept.")
            return
        if withdraw is not None:
            said = book.say(speech.withdrawals([book.numbered(withdraw)], why, name))
        else:
            if not points:
                raise UsageError("Say how many points: --points +1, or --points -0.5")
            cases, id_, check_id = _meant(store, book, student, exercise, check, mistake, everybody)
            said = book.say(speech.adjustments(cases, id_, check_id, points, why, name))
        _tell(store, book, said, results)


def comment(
    results: ResultsArgument,
    student: OptionalStudent = None,
    exercise: OptionalExercise = None,
    text: Annotated[str, typer.Option("-t", "--text", help="What the student reads.")] = "",
    check: CheckOption = "",
    mistake: GroupOption = "",
    everybody: EverybodyOption = False,
    private: Annotated[bool, typer.Option("--private", help="A note that no student's page shows.")] = False,
    use: Annotated[str, typer.Option(help="Say the saved comment of this name.")] = "",
    save: Annotated[str, typer.Option(help="Keep the text under this name, to use it again.")] = "",
    saved: Annotated[bool, typer.Option("--saved", help="List the saved comments.")] = False,
    who: WhoOption = None,
) -> None:
    """For instructors: write to a student about an exercise, or to everybody with the same mistake."""
    from grader.marks import journal, speech
    from grader.text import clean, one_line

    with _class(results) as (store, book):
        kept = {found.name: found.text for found in book.saved_comments()}
        if saved:
            for name_, text_ in kept.items():
                say(f"{one_line(name_)}\n  {clean(text_).replace(chr(10), chr(10) + '  ')}")
            return
        if use and use not in kept:
            raise UsageError(f"There is no saved comment {use!r}. grade comment {results} --saved lists them.")
        name = journal.person(who)
        words = kept[use] if use else text
        if save:
            book.save_comment(save, words, name)
            if student is None and not mistake and not everybody:
                say(f"Kept as {save!r}.")
                return
        cases, id_, check_id = _meant(store, book, student, exercise, check, mistake, everybody)
        _tell(store, book, book.say(speech.comments(cases, id_, check_id, words, name, private=private)), results)


def explain(results: ResultsArgument, student: StudentArgument) -> None:
    """For instructors: the way from a student's checks to the mark, line by line."""
    from grader.marks.case import case_of, mark, policy_of
    from grader.reports.marks import explain

    with _class(results) as (store, book):
        case = case_of(store, book, student)
        say(explain.render(case, mark(policy_of(store, book), store.exercises(), case)))


def history(results: ResultsArgument, student: StudentArgument) -> None:
    """For instructors: everything that happened to a student's work and mark, in its order."""
    from grader.marks.case import case_of
    from grader.reports.marks import history

    with _class(results) as (store, book):
        case = case_of(store, book, student)
        moments = store.told_moments(student)
        found = history.events(store.past_verdicts(student), case.words, book.policies(), moments)
        say(history.render(student, found))


def queue(
    results: ResultsArgument,
    course: CourseOption = None,
    groups_too: Annotated[bool, typer.Option("--groups", help="All groups of equal mistakes, with their ids.")] = False,
) -> None:
    """For instructors: what of a class needs a person, the most urgent first."""
    from grader.classroom.from_store import class_record
    from grader.exercises.course import find_course
    from grader.marks import groups, queue
    from grader.marks.case import cases_of, policy_of
    from grader.text import clean, counted, label, one_line

    with _class(results) as (store, book):
        record = class_record(store, find_course(course).exercises())
        cases = cases_of(record, store, book)
        found = groups.groups_of({student.name: student.reports for student in record.students})
        if groups_too:
            for group in found:
                title = f"{label(group.exercise)}, “{clean(group.title)}”"
                say(f"{group.id}  {counted(len(group.students), 'student')}, {title}: {clean(group.sentence)}")
            return
        items = queue.queue(record, cases, found, policy_of(store, book))
    kind = ""
    for item in items:
        if item.kind != kind:
            kind = item.kind
            say(f"{queue.KINDS[kind][0].upper()}{queue.KINDS[kind][1:]}")
        whom = f"--mistake {item.group}" if item.group else one_line(item.student)
        say(f"  {whom}, {label(item.exercise)}: {clean(item.sentence)}")
    if not items:
        say("Nothing needs a person.")


@contextmanager
def _class(results: Path) -> Iterator[tuple[GradeStore, Journal]]:
    from grader.classroom.store import GradeStore
    from grader.marks import journal

    with closing(GradeStore(results, write=False)) as store, journal.opened(results) as book:
        yield store, book


def _meant(
    store: GradeStore, book: Journal, student: str | None, exercise: str | None, check: str, group: str, all_of: bool
) -> tuple[list[Case], str, str]:
    """Whom a person speaks of, and of which exercise and check; each of these is "" if it is the whole."""
    from grader.marks import groups
    from grader.marks.case import case_of, everybody, exercise_id

    if (student is not None and not all_of) + bool(group) + all_of != 1:
        raise UsageError("Say of whom: a student, --everybody with an exercise, or --mistake GROUP with neither.")
    if student is not None and not all_of:
        return [case_of(store, book, student)], exercise_id(store, exercise) if exercise else "", check
    cases = everybody(store, book)
    if group:
        found = groups.group_named(groups.groups_of({name: case.reports for name, case in cases.items()}), group)
        return [cases[name] for name in found.students], found.exercise, check or found.check
    called = exercise or student
    if called is None:
        raise UsageError("Say of which exercise: grade comment RESULTS --everybody ex13 --text …")
    id_ = exercise_id(store, called)
    names = [handed.student for handed in store.handed_in() if handed.exercise == id_]
    return [cases[name] for name in names], id_, check


def _tell(store: GradeStore, book: Journal, said: list[Word], results: Path) -> None:
    """What was kept, and what the marks are now, of the first few."""
    from grader.marks.case import case_of, mark, policy_of
    from grader.reports.marks.explain import headline
    from grader.text import counted, one_line

    policy, exercises = policy_of(store, book), store.exercises()
    for word in said[:_TOLD]:
        case = case_of(store, book, word.student)
        say(f"[{word.number}] {one_line(word.student)}: the mark is {headline(mark(policy, exercises, case))}.")
    if len(said) > _TOLD:
        say(f"And of {counted(len(said) - _TOLD, 'other student')}.")
    say(f"The gradebooks and pages are written anew by: grade class --reports-only {results}")

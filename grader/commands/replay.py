"""grade replay, regrade and appeal: one verdict of a class reached once more."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.commands.console import say, write_file
from grader.commands.exit_codes import Exit
from grader.commands.options import CourseOption, DeviceOption, IsolationOption
from grader.errors import UsageError
from grader.reports.reveal import Reveal

if TYPE_CHECKING:
    from grader.classroom.store import GradeStore, KeptVerdict
    from grader.exercises.course import Course

ResultsArgument = Annotated[Path, typer.Argument(help="The results folder of grade class.")]
NumberArgument = Annotated[str, typer.Argument(help="The number that the student's page names.")]


def replay(
    results: ResultsArgument,
    student: Annotated[str, typer.Argument(help="The student, as the gradebook names them; or a verdict's number.")],
    exercise: Annotated[str | None, typer.Argument(help="ex13, 13, …; none after a number.")] = None,
    course: CourseOption = None,
    device: DeviceOption = "auto",
    isolation: IsolationOption = "auto",
) -> None:
    """For instructors: grade one submission of a class again, on the same inputs, and say whether the verdict holds."""
    from grader.classroom import replays
    from grader.exercises.course import find_course
    from grader.grading.secret import secret_of
    from grader.reports import terminal
    from grader.reports.classroom.replay import differences

    found = find_course(course)
    with _verdict(results, found, student, exercise) as (store, verdict):
        wanted = found.find(verdict.handed.exercise)
        report = replays.replayed(store, verdict, wanted, secret_of(found.root), device=device, isolation=isolation)
    say(terminal.render(report))
    changed = differences(verdict.report, report)
    say("\nThe verdict is the same." if not changed else "\nThe verdict differs:")
    for sentence in changed:
        say(f"  {sentence}")
    if report.our_fault:
        raise typer.Exit(Exit.OUR_FAULT)
    raise typer.Exit(Exit.NOT_ALL if changed else Exit.ALL_PASSED)


def regrade(
    results: ResultsArgument,
    student: Annotated[str, typer.Argument(help="The student, as the gradebook names them.")],
    exercise: Annotated[str, typer.Argument(help="ex13, 13, …")],
    course: CourseOption = None,
    device: DeviceOption = "auto",
    isolation: IsolationOption = "auto",
    allow_unsafe: Annotated[
        bool, typer.Option("--allow-unsafe", help="Grade even where nothing confines the submission.")
    ] = False,
) -> None:
    """For instructors: grade one submission of a class again, and let the new verdict stand; words about it stay."""
    from grader.classroom import replays
    from grader.classroom.workforce import Terms
    from grader.exercises.course import find_course
    from grader.grading.secret import secret_of
    from grader.reports import terminal

    found = find_course(course)
    terms = Terms(device=device, isolation=isolation, allow_unsafe=allow_unsafe, jobs=1, gpu_jobs=1, submissions=1)
    before, after = replays.regraded(results, student, found.find(exercise), secret_of(found.root), terms)
    say(terminal.render(after))
    say(f"\nIt was {before.earned:g} points, and is {after.earned:g}. The pages are written anew by: "
        f"grade class --reports-only {results}")  # fmt: skip
    if after.our_fault:
        raise typer.Exit(Exit.OUR_FAULT)
    raise typer.Exit(Exit.ALL_PASSED if after.passed else Exit.NOT_ALL)


def appeal(
    results: ResultsArgument,
    number: NumberArgument,
    course: CourseOption = None,
    reveal: Annotated[
        Reveal | None, typer.Option(help="What the page shows of hidden checks; unless said, as the students' pages.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="The page; unless said, RESULTS/appeals/NUMBER.html.")
    ] = None,
    device: DeviceOption = "auto",
    isolation: IsolationOption = "auto",
) -> None:
    """For instructors: one page to hand out on a questioned mark: asked again, step by step, with all that happened."""
    from grader.classroom import replays
    from grader.classroom.from_store import title_of
    from grader.exercises.course import find_course
    from grader.grading.secret import secret_of
    from grader.marks import journal
    from grader.marks.ledger import REVEAL, ledger_of_one
    from grader.reports.marks import appeal

    found = find_course(course)
    with _verdict(results, found, number, None) as (store, verdict), journal.opened(results) as book:
        wanted, student = found.find(verdict.handed.exercise), verdict.handed.student
        report = replays.replayed(store, verdict, wanted, secret_of(found.root), device=device, isolation=isolation)
        shown = reveal or Reveal(store.meta(REVEAL) or Reveal.MISTAKES)
        page = appeal.render(
            title_of(store), student, verdict.report, report, ledger_of_one(student, store, book),
            list(store.past_verdicts(student)), book.policies(), store.told_moments(student), shown,
        )  # fmt: skip
    path = output or results / "appeals" / f"{verdict.seed}.html"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{path.parent} cannot be made: {error.strerror}.") from None
    write_file(path, page)
    say(f"{path}: for {student}, of hidden checks it shows what --reveal {shown} allows.")
    if report.our_fault:
        raise typer.Exit(Exit.OUR_FAULT)


@contextmanager
def _verdict(
    results: Path, course: Course, student: str, exercise: str | None
) -> Iterator[tuple[GradeStore, KeptVerdict]]:
    """The verdict that is meant, by its number if no exercise is named."""
    from grader.classroom import replays
    from grader.classroom.store import GradeStore

    wanted = course.find(exercise).id if exercise is not None else ""
    with closing(GradeStore(results, write=False)) as store:
        yield (
            store,
            (replays.verdict_on(store, student, wanted) if wanted else replays.verdict_numbered(store, student)),
        )

"""grade submit: one zip to hand in."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.commands.console import say
from grader.commands.exit_codes import Exit
from grader.commands.options import CourseOption, IsolationOption, names_of_exercises
from grader.errors import UsageError

if TYPE_CHECKING:
    from grader.exercises.course import Course
    from grader.exercises.exercise import Exercise
    from grader.results import Report
    from grader.submissions.work import Work


def submit(
    exercises: Annotated[
        list[str] | None,
        typer.Argument(help="ex13 or 13; none: all that you have begun.", autocompletion=names_of_exercises),
    ] = None,
    output: Annotated[Path, typer.Option(help="The zip to write.")] = Path("submission.zip"),
    course: CourseOption = None,
    isolation: IsolationOption = "auto",
) -> None:
    """Put your work into one zip to hand in, and say which files do not run."""
    from grader.exercises.course import find_course
    from grader.grading.examiner import Examiner
    from grader.submissions import handin
    from grader.submissions.unfinished import left_open
    from grader.text import clean, counted

    found = find_course(course)
    wanted = list(dict.fromkeys(found.find(name) for name in exercises)) if exercises else list(found.exercises())
    works, stubs, unusable = _collect(wanted)
    untouched = [f"{', '.join(stubs)}: still the stub, as it was handed out."] if stubs else []
    elsewhere = _graded_elsewhere(found, wanted, [exercise.id for exercise, _, _ in works])
    if not works:
        why = [*unusable, *elsewhere, *(untouched if exercises else [])]
        raise UsageError(" ".join(["There is nothing to hand in yet.", *why]))
    handin.pack([(work.name, content) for _, work, content in works], output)
    examiner = Examiner([exercise for exercise, _, _ in works], hidden=False)
    with closing(examiner.open_sandbox(isolation, notebooks=any(work.notebook for _, work, _ in works))) as sandbox:
        problems = {exercise.id: _problem(examiner.load_only(exercise, work, sandbox)) for exercise, work, _ in works}
    say(f"{output} holds {counted(len(works), 'file')}:")
    for exercise, work, _ in works:
        say(f"  {work.name}, {work.size:,} bytes, {clean(problems[exercise.id] or 'runs')}")
        if left := left_open(_stub_of(exercise), work.text):
            say(f"    still as in the stub: {', '.join(left)}")
    if untouched or unusable or elsewhere:
        say("Not in it:")
        for sentence in (*unusable, *elsewhere, *untouched):
            say(f"  {clean(sentence)}")
    if any(problems.values()):
        say("What does not run may be handed in as it is; to repair it first: grade watch")
    if unusable or elsewhere or any(problems.values()):
        raise typer.Exit(Exit.NOT_ALL)


def _collect(exercises: list[Exercise]) -> tuple[list[tuple[Exercise, Work, bytes]], list[str], list[str]]:
    """The work to hand in, with its bytes; exercises not begun; sentences about files that are no work."""
    from grader.submissions.own import own_file
    from grader.submissions.stubs import is_untouched
    from grader.submissions.work import check_is_file, of_bytes

    works, untouched, unusable = [], [], []
    for exercise in exercises:
        path = own_file(exercise)
        if is_untouched(exercise, path):
            untouched.append(exercise.label)
            continue
        try:
            check_is_file(path)
            content = path.read_bytes()
        except UsageError as error:
            unusable.append(f"{exercise.label}: {error}")
            continue
        except OSError as error:
            unusable.append(f"{exercise.label}: {path} cannot be read: {error.strerror}.")
            continue
        work = of_bytes(path.name, content)
        if work.problem:
            unusable.append(f"{exercise.label}: {work.problem}")
        else:
            works.append((exercise, work, content))
    return works, untouched, unusable


def _stub_of(exercise: Exercise) -> str:
    """The stub as it was handed out; what lies in its place if nobody knows."""
    from grader.submissions.stubs import handed_out

    stub = handed_out(exercise)
    return (exercise.stub_path.read_bytes() if stub is None else stub).decode("utf-8", "replace")


def _graded_elsewhere(course: Course, exercises: Sequence[Exercise], handed_in: Collection[str]) -> list[str]:
    """A sentence for each file that was graded last and is not the one that is meant in this folder."""
    from grader.submissions import progress
    from grader.submissions.own import own_file, shown

    remembered = progress.load(course.root)
    sentences = []
    for exercise in exercises:
        last, own = remembered.get(exercise.id), own_file(exercise)
        if last and last.path and Path(last.path).is_file() and Path(last.path) != own.resolve():
            taken = f"{shown(own)} was taken" if exercise.id in handed_in else "it was left out"
            sentences.append(
                f"{exercise.label}: you graded {shown(Path(last.path))}, which is not the file that is meant in this "
                f"folder, so {taken}. To hand it in, copy it here, or go to its folder."
            )
    return sentences


def _problem(report: Report) -> str:
    """What is to be said of a file that cannot be loaded, or could not be tried; else ""."""
    if report.our_fault:
        return f"could not be tried here, by a fault of ours: {report.checks[0].message}"
    return f"does not run: {report.problem}" if report.problem else ""

"""grade run: grade exercises, files, or all. What `grade ex13` stands for."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import click
import typer

from grader.commands.board import board, rows_of
from grader.commands.console import complain, say, write, write_file
from grader.commands.exercise_options import materials_of
from grader.commands.exit_codes import Exit
from grader.commands.live_grading import LiveGrading
from grader.commands.options import (
    CourseOption,
    DeviceOption,
    IsolationOption,
    RevealOption,
    SeedOption,
    Style,
    names_of_exercises,
)
from grader.errors import NoSuchExercise, UsageError
from grader.reports.format_names import Format
from grader.reports.reveal import Reveal

if TYPE_CHECKING:
    from grader.checks.materials import Materials
    from grader.exercises.course import Course
    from grader.exercises.exercise import Exercise
    from grader.grading.examiner import Examiner
    from grader.reports.lines import Place
    from grader.results import Report
    from grader.sandbox.ladder import Ladder
    from grader.submissions.work import Work

FOR_PEOPLE = (Format.TERMINAL, Format.PLAIN)
"""They are shown report by report, while the rest is still being graded."""


def run(
    context: typer.Context,
    targets: Annotated[
        list[str] | None,
        typer.Argument(help="Exercises (ex13, 13), files, labs, or all.", autocompletion=names_of_exercises),
    ] = None,
    exercise: Annotated[
        str | None, typer.Option(help="Which exercise the files are for, if their names do not say.")
    ] = None,
    course: CourseOption = None,
    device: DeviceOption = "auto",
    seed: SeedOption = None,
    isolation: IsolationOption = "auto",
    format: Annotated[
        Format, typer.Option("--format", envvar="GRADE_FORMAT", help="What to print, or to write with --output.")
    ] = Format.TERMINAL,
    output: Annotated[Path | None, typer.Option(help="Write the report to this file.")] = None,
    public: Annotated[bool, typer.Option("--public", help="Run the public checks only.")] = False,
    reveal: RevealOption = Reveal.ALL,
    save_executed: Annotated[
        Path | None, typer.Option(help="Write the executed notebook, with its report, to this .ipynb file.")
    ] = None,
) -> None:
    """Grade exercises, files, or all. What `grade ex13` stands for."""
    if not targets:
        board(course, Style.PLAIN if format is Format.PLAIN else Style.TERMINAL)
        return
    from grader.exercises.course import find_course
    from grader.grading.examiner import Examiner

    if save_executed is not None and (save_executed.suffix != ".ipynb" or len(targets) != 1):
        raise UsageError("--save-executed writes one .ipynb file, so it takes one notebook to grade.")
    found = find_course(course)
    jobs, refused = _jobs(found, targets, exercise, commands_of(context))
    # Where the report itself goes to stdout for a program to read, nothing else may.
    for_people = format in FOR_PEOPLE or output is not None
    wanted = list({job.exercise.id: job.exercise for job in jobs}.values())
    materials = materials_of(context, wanted, submissions=len(jobs), required=bool(wanted))
    shown = LiveGrading(titles=reveal is not Reveal.NONE)
    examiner = Examiner(
        wanted,
        hidden=not public,
        device=device,
        seed=seed,
        materials=materials,
        onlooker=shown if for_people else None,
    )
    reports: list[Report] = []
    of_memory = ""
    if jobs:
        _begin(wanted, materials)
        from grader.submissions.endings import is_notebook

        notebooks = any(is_notebook(job.path) for job in jobs)
        # First of all: the zygote imports torch while everything below is imported here.
        with (
            closing(examiner.open_sandbox(isolation, notebooks=notebooks, submissions=len(jobs))) as sandbox,
            shown if for_people else nullcontext(),
        ):
            for job, report in _graded(jobs, examiner, sandbox, save_executed):
                reports.append(report)
                shown.rest()
                if _is_own(job) and (sentence := _remember(found, report, job.path)):
                    of_memory = sentence
                if format in FOR_PEOPLE and output is None:
                    _show(report, format, reveal)
        if format in FOR_PEOPLE and output is None and len(reports) == 1 and reports[0].passed and _is_own(jobs[0]):
            say(_congratulation(found, jobs[0].exercise))
            if jobs[0].exercise.after_passing:
                width = 0 if format is Format.PLAIN else min(100, shutil.get_terminal_size().columns)
                say("\n" + _wrapped(jobs[0].exercise.after_passing, width))
        _deliver(reports, jobs, format, output, reveal)
    for sentence in (*refused, *([of_memory] if of_memory else [])):
        complain(sentence)
    raise typer.Exit(_exit_code(reports, refused))


@dataclass(frozen=True)
class _Job:
    """A file to grade. `target`: what was typed for it."""

    exercise: Exercise
    path: Path
    target: str


def _begin(exercises: Sequence[Exercise], materials: Materials) -> None:
    """Let exercises with data of their own refuse what makes no sense, and begin to read.

    Raises:
        UsageError: if one of them refuses.
    """
    from grader.exercises.data import data_of

    for exercise in exercises:
        if (data := data_of(exercise)) is not None:
            data.begin(exercise.materials(materials))


def commands_of(context: typer.Context) -> list[str]:
    """What else could have been typed in the place of an exercise."""
    root = context.find_root().command
    return root.list_commands(context) if isinstance(root, click.Group) else []


def _jobs(
    course: Course, targets: Sequence[str], exercise: str | None, commands: Sequence[str]
) -> tuple[list[_Job], list[str]]:
    """What the targets mean, and a sentence for each that means nothing.

    Raises:
        UsageError: if the first of them looks like a command: what follows is meant for that one.
    """
    from grader.submissions.own import resolve

    jobs, refused = [], []
    for target in targets:
        try:
            for found, path in resolve(course, target, exercise):
                if found.lack:
                    refused.append(found.lack)
                else:
                    jobs.append(_Job(found, path, target))
        except NoSuchExercise as error:
            import difflib

            near = difflib.get_close_matches(target, commands, 1) if target.isidentifier() else []
            if near and target == targets[0]:
                rest = "".join(f" {word}" for word in targets[1:])
                sentence = f"There is no exercise {target!r}. Did you mean: grade {near[0]}{rest}?"
                raise UsageError(sentence) from None
            refused.append(str(error))
        except UsageError as error:
            refused.append(str(error))
    return jobs, refused


def _graded(
    jobs: Sequence[_Job], examiner: Examiner, sandbox: Ladder, save_executed: Path | None
) -> Iterator[tuple[_Job, Report]]:
    """Grade one after the other. Everything is read and every check loaded before the first."""
    from grader.grading.cells import Execution
    from grader.reports import executed

    examiner.load()
    works = [_read(job.exercise, job.path) for job in jobs]
    if save_executed is not None:
        for work in works:
            _check_can_save(work, save_executed)
    sandbox.settle()
    for job, work in zip(jobs, works, strict=True):
        execution = Execution(wants_outputs=save_executed is not None)
        device = examiner.device_for(job.exercise, sandbox)
        report = examiner.grade(job.exercise, work, sandbox, device=device, execution=execution)
        if save_executed is not None and work.notebook is not None:
            write_file(save_executed, executed.render(work.notebook, execution.outputs, report))
        yield job, report


def _is_own(job: _Job) -> bool:
    from grader.submissions.own import own_file

    return job.path == own_file(job.exercise)


def _remember(course: Course, report: Report, path: Path) -> str:
    """What is to be said of the place where results are kept; "" if it is the usual one."""
    from grader.submissions import progress

    return progress.remember(course.root, report, path.resolve())


def _show(report: Report, format_: Format, reveal: Reveal) -> None:
    from grader.reports import plain, terminal
    from grader.reports.conceal import conceal

    shown = conceal(report, reveal)
    say(plain.report(shown) if format_ is Format.PLAIN else terminal.render(shown))
    say("")


def _wrapped(text: str, width: int) -> str:
    """A paragraph in lines of so many columns; in one line for 0."""
    return textwrap.fill(text, max(20, width), break_on_hyphens=False) if width else text


def _congratulation(course: Course, exercise: Exercise) -> str:
    from grader.reports.board import congratulation

    return congratulation(exercise.id, rows_of(course))


def _exit_code(reports: Sequence[Report], refused: Sequence[str]) -> Exit:
    if any(report.our_fault for report in reports):
        return Exit.OUR_FAULT
    if refused:
        return Exit.BAD_INPUT
    return Exit.ALL_PASSED if all(report.passed for report in reports) else Exit.NOT_ALL


def _read(exercise: Exercise, path: Path) -> Work:
    """A file as it is; the whole program, and a word about it, where an author means an overlay."""
    from grader.authoring import overlay
    from grader.submissions.own import shown
    from grader.submissions.work import read

    if not overlay.is_wrong(exercise, path) or (base := overlay.base_of(exercise, path)) is None:
        return read(path)
    complain(
        f"{path} is an overlay of {shown(base)}. The whole program is graded; `grade verify --show {path}` prints it."
    )
    return overlay.work(exercise, path)


def _check_can_save(work: Work, target: Path) -> None:
    if work.notebook is None and work.problem is None:
        raise UsageError(f"{work.name} is not a notebook, so there is nothing to execute and save.")
    if target.exists() and target.samefile(work.path):
        raise UsageError(f"{target} is the notebook itself. Name another file to save the executed one to.")


def _deliver(reports: list[Report], jobs: Sequence[_Job], format_: Format, output: Path | None, reveal: Reveal) -> None:
    from grader.reports import plain, terminal
    from grader.reports.formats import render

    if output is not None:
        write_file(output, render(format_, reports, reveal, _places(reports, jobs)))
        say(f"Report written to {output}")
    elif format_ not in FOR_PEOPLE:
        write(render(format_, reports, reveal, _places(reports, jobs)))
    if output is not None or (len(reports) > 1 and format_ in FOR_PEOPLE):
        summary = plain.summary if format_ is Format.PLAIN else terminal.render_summary
        say(summary(reports, [job.target for job in jobs]))


def _places(reports: Sequence[Report], jobs: Sequence[_Job]) -> dict[str, Place]:
    """Where each submission lies, and its text."""
    from grader.reports.lines import Place
    from grader.submissions.own import shown
    from grader.submissions.work import read

    return {
        report.submission.sha256: Place(shown(job.path), "" if job.path.suffix == ".ipynb" else read(job.path).text)
        for report, job in zip(reports, jobs, strict=True)
    }

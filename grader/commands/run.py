"""grade run: grade exercises, files, or all. What `grade ex13` stands for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.checks.materials import DataChoice, Materials
from grader.commands.board import board, rows_of
from grader.commands.console import complain, say, write, write_file
from grader.commands.options import (
    CourseOption,
    DeviceOption,
    Exit,
    IsolationOption,
    RevealOption,
    SeedOption,
    Style,
    names_of_exercises,
    secret_of,
    seed_or_new,
)
from grader.commands.training import (
    CheckpointOption,
    DataHomeOption,
    DataOption,
    HyperparametersOption,
    LiveTraining,
    TrustOption,
    check_checkpoint,
)
from grader.errors import UsageError
from grader.reports.format_names import Format
from grader.reports.reveal import Reveal

if TYPE_CHECKING:
    from grader.exercises.course import Course
    from grader.exercises.exercise import Exercise
    from grader.grading.glimpses import Watcher
    from grader.results import Report
    from grader.sandbox.ladder import Ladder
    from grader.submissions.work import Work

FOR_PEOPLE = (Format.TERMINAL, Format.PLAIN)
"""They are shown report by report, while the rest is still being graded."""


def run(
    targets: Annotated[
        list[str] | None,
        typer.Argument(help="Exercises (ex13, 13), files, or all.", autocompletion=names_of_exercises),
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
    data: DataOption = DataChoice.AUTO,
    data_home: DataHomeOption = None,
    checkpoint: CheckpointOption = None,
    hyperparameters: HyperparametersOption = None,
    trust_checkpoint: TrustOption = False,
    save_executed: Annotated[
        Path | None, typer.Option(help="Write the executed notebook, with its report, to this .ipynb file.")
    ] = None,
) -> None:
    """Grade exercises, files, or all. What `grade ex13` stands for."""
    if not targets:
        board(course, Style.PLAIN if format is Format.PLAIN else Style.TERMINAL)
        return
    from grader.exercises.course import find_course, warm_modules
    from grader.grading import devices
    from grader.sandbox.ladder import open_sandbox
    from grader.submissions.own import resolve

    devices.check_form(device)
    if save_executed is not None and (save_executed.suffix != ".ipynb" or len(targets) != 1):
        raise UsageError("--save-executed writes one .ipynb file, so it takes one notebook to grade.")
    materials = Materials(
        data=data,
        data_home=data_home,
        checkpoint=checkpoint,
        hyperparameters=hyperparameters,
        trust_checkpoint=trust_checkpoint,
    )
    found = find_course(course)
    jobs: list[tuple[Exercise, Path, str]] = []
    refused = []
    for target in targets:
        try:
            jobs += [(*job, target) for job in resolve(found, target, exercise)]
        except UsageError as error:
            refused.append(str(error))
    if jobs:
        wanted = list({job[0].id: job[0] for job in jobs}.values())
        check_checkpoint(materials, wanted, len(jobs))
        # First of all: the zygote imports torch while everything below is imported here.
        sandbox = open_sandbox(
            isolation,
            warm=warm_modules(wanted),
            cuda=devices.wants_gpu(device, wanted),
            notebooks=any(path.suffix == ".ipynb" for _, path, _ in jobs),
            submissions=len(jobs),
        )
        if any(exercise.covertype for exercise in wanted):
            from grader.checks.datasets import read_meanwhile

            read_meanwhile(materials)
        try:
            live = reveal if format in FOR_PEOPLE and not output else None
            # Where the report itself goes to stdout for a program to read, nothing else may.
            watcher = LiveTraining() if format in FOR_PEOPLE or output else None
            training = materials, watcher
            reports = _grade_all(found, jobs, sandbox, device, seed, public, save_executed, format, live, training)
        finally:
            sandbox.close()
        _deliver(reports, [job[2] for job in jobs], format, output, reveal)
    else:
        reports = []
    for sentence in refused:
        complain(sentence)
    if any(report.our_fault for report in reports):
        raise typer.Exit(Exit.OUR_FAULT)
    if refused:
        raise typer.Exit(Exit.BAD_INPUT)
    raise typer.Exit(Exit.ALL_PASSED if all(report.passed for report in reports) else Exit.NOT_ALL)


def _grade_all(
    course: Course,
    jobs: list[tuple[Exercise, Path, str]],
    sandbox: Ladder,
    device: str,
    seed: int | None,
    public: bool,
    save_executed: Path | None,
    format_: Format,
    live: Reveal | None,
    training: tuple[Materials, Watcher | None],
) -> list[Report]:
    from grader.checks.check import Check
    from grader.grading import devices
    from grader.grading.cells import Execution
    from grader.grading.runner import Settings, grade
    from grader.reports import executed, plain, terminal
    from grader.reports.board import congratulation
    from grader.reports.conceal import conceal
    from grader.submissions import progress
    from grader.submissions.own import own_file

    checks: dict[str, tuple[Check, ...]] = {}
    works: list[tuple[Exercise, Work]] = []
    for exercise, path, _ in jobs:
        if exercise.id not in checks:
            checks[exercise.id] = exercise.load_checks(hidden=not public)
        works.append((exercise, work := _read(exercise, path)))
        if save_executed is not None:
            _check_can_save(work, save_executed)
    secret = secret_of(course) if any(check.hidden for found in checks.values() for check in found) else b""
    sandbox.settle()
    reports = []
    for exercise, work in works:
        settings = Settings(
            device=devices.choose(device, exercise, sandbox.accelerator),
            seed=seed_or_new(seed),
            secret=secret,
            materials=training[0],
            watcher=training[1],
        )
        execution = Execution(wants_outputs=save_executed is not None)
        report = grade(exercise, checks[exercise.id], work, sandbox, settings, execution)
        reports.append(report)
        if save_executed is not None and work.notebook is not None:
            write_file(save_executed, executed.render(work.notebook, execution.outputs, report))
        if Path(work.path) == own_file(exercise):
            progress.remember(course.root, report)
        if live is not None:
            shown = conceal(report, live)
            say(plain.report(shown) if format_ is Format.PLAIN else terminal.render(shown))
            say("")
    if live is not None and len(reports) == 1 and reports[0].passed and Path(works[0][1].path) == own_file(works[0][0]):
        say(congratulation(works[0][0], rows_of(course)))
    return reports


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


def _deliver(reports: list[Report], owners: list[str], format_: Format, output: Path | None, reveal: Reveal) -> None:
    from grader.reports import plain, terminal
    from grader.reports.formats import render

    if output is not None:
        write_file(output, render(format_, reports, reveal))
        say(f"Report written to {output}")
    elif format_ not in FOR_PEOPLE:
        write(render(format_, reports, reveal))
    if len(reports) > 1 and (format_ in FOR_PEOPLE or output is not None):
        summary = plain.summary if format_ is Format.PLAIN else terminal.render_summary
        say(summary(reports, owners))

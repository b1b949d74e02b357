"""The command `grade`: arguments, exit codes, and the only module that prints."""

from __future__ import annotations

import os
import sys
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import click
import typer

from grader.errors import GraderError, UsageError

if TYPE_CHECKING:
    from grader.exercises import Course, Exercise
    from grader.isolation import Ladder
    from grader.results import Report
    from grader.submissions import Work


class Exit(IntEnum):
    """What the process ends with."""

    ALL_PASSED = 0
    NOT_ALL = 1
    BAD_INPUT = 2
    OUR_FAULT = 3
    INTERRUPTED = 130


app = typer.Typer(
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Check your work on the chapter's exercises: grade ex13 · grade 13 · grade path/to/file.py · grade all. "
    "Without arguments: the board of all exercises.",
)

CourseOption = Annotated[Path | None, typer.Option("--course", help="The folder that holds exercises/.")]
IsolationOption = Annotated[str, typer.Option(help="auto, or a level that is demanded: full, no-namespaces, basic.")]
SeedOption = Annotated[int | None, typer.Option(min=0, max=2**31 - 1, help="Replay a report's random inputs exactly.")]


@app.command()
def board(course: CourseOption = None) -> None:
    """Show all exercises, their points, and the next step: the same as `grade` alone."""
    from grader import progress
    from grader.exercises import find_course
    from grader.reports.board import render
    from grader.submissions import own_file, sha256_of

    found = find_course(course)
    rows = [
        (exercise, progress.load(found.root).get(exercise.id), sha256_of(own_file(exercise)))
        for exercise in found.exercises()
    ]
    _print(render(rows))


@app.command()
def run(
    targets: Annotated[list[str] | None, typer.Argument(help="Exercises (ex13, 13), files, or all.")] = None,
    exercise: Annotated[
        str | None, typer.Option(help="Which exercise the files are for, if their names do not say.")
    ] = None,
    course: CourseOption = None,
    device: Annotated[str, typer.Option(help="auto, cpu, cuda, cuda:N or mps.")] = "auto",
    seed: SeedOption = None,
    isolation: IsolationOption = "auto",
    format: Annotated[str, typer.Option("--format", help="terminal or json.")] = "terminal",
    output: Annotated[Path | None, typer.Option(help="Write the report to this file.")] = None,
    public: Annotated[bool, typer.Option("--public", help="Run the public checks only.")] = False,
) -> None:
    """Grade exercises, files, or all. What `grade ex13` stands for."""
    if not targets:
        board(course)
        return
    from grader import devices
    from grader.exercises import find_course
    from grader.isolation import open_sandbox
    from grader.submissions import resolve

    if format not in ("terminal", "json"):
        raise UsageError(f"--format {format}: say terminal or json.")
    devices.check_form(device)
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
        # First of all: the zygote imports torch while everything below is imported here.
        sandbox = open_sandbox(
            isolation,
            warm=tuple(dict.fromkeys(name for e in wanted for name in e.warm)),
            cuda=devices.wants_gpu(device, wanted),
            submissions=len(jobs),
        )
        try:
            reports = _grade_all(found, jobs, sandbox, device, seed, public, refused, quiet=format == "json" or output)
        finally:
            sandbox.close()
        _deliver(reports, [job[2] for job in jobs], format, output)
    else:
        reports = []
    for sentence in refused:
        _complain(sentence)
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
    refused: list[str],
    *,
    quiet: object,
) -> list[Report]:
    import secrets

    from grader import devices, progress
    from grader.checks import Check
    from grader.reports import terminal
    from grader.runner import Settings, grade
    from grader.submissions import own_file, read

    checks: dict[str, tuple[Check, ...]] = {}
    works: list[tuple[Exercise, Work]] = []
    for exercise, path, _ in jobs:
        if exercise.id not in checks:
            checks[exercise.id] = exercise.load_checks(hidden=not public)
        works.append((exercise, read(path)))
    secret = _secret(course) if any(check.hidden for found in checks.values() for check in found) else b""
    sandbox.settle()
    reports = []
    for exercise, work in works:
        settings = Settings(
            device=devices.choose(device, exercise, sandbox.accelerator),
            seed=secrets.randbelow(2**31) if seed is None else seed,
            secret=secret,
        )
        report = grade(exercise, checks[exercise.id], work, sandbox, settings)
        reports.append(report)
        if Path(work.path) == own_file(exercise):
            progress.remember(course.root, report)
        if not quiet:
            _print(terminal.render(report))
            _print("")
    return reports


def _deliver(reports: list[Report], owners: list[str], format_: str, output: Path | None) -> None:
    from grader.reports import as_json, terminal

    if format_ == "json":
        text = as_json.render(reports)
    else:
        text = "\n".join(terminal.as_text(terminal.render(report)) for report in reports)
    if output is not None:
        try:
            output.write_text(text, encoding="utf-8")
        except OSError as error:
            raise UsageError(f"{output} cannot be written: {error.strerror}.") from None
        _print(f"Report written to {output}")
    elif format_ == "json":
        sys.stdout.write(text)
    if len(reports) > 1 and format_ != "json":
        _print(terminal.render_summary(reports, owners))


@app.command()
def hint(
    exercise: Annotated[str, typer.Argument(help="ex13, 13, …")],
    number: Annotated[int, typer.Argument(min=1, help="Which hint; they go from a nudge to nearly the answer.")] = 1,
    all_: Annotated[bool, typer.Option("--all", help="All hints.")] = False,
    course: CourseOption = None,
) -> None:
    """Show a hint for an exercise."""
    from grader.exercises import find_course

    found = find_course(course).find(exercise)
    if number > len(found.hints):
        raise UsageError(f"{found.id} has {len(found.hints)} hints; there is no number {number}.")
    shown = range(1, len(found.hints) + 1) if all_ else [number]
    for index in shown:
        _print(f"{found.title}, hint {index} of {len(found.hints)}:\n  {found.hints[index - 1]}")
    if not all_ and number < len(found.hints):
        _print(f"Still stuck? grade hint {exercise} {number + 1}")


@app.command()
def verify(
    exercises: Annotated[list[str] | None, typer.Argument(help="ex13, 13, …; none: all.")] = None,
    course: CourseOption = None,
    seed: SeedOption = None,
    isolation: IsolationOption = "auto",
) -> None:
    """For authors: prove that stubs fail, solutions and right/ pass, and each wrong/ fails where it says."""
    import secrets

    from grader.exercises import find_course
    from grader.isolation import open_sandbox
    from grader.reports.text import clean
    from grader.runner import Settings
    from grader.verify import verify as prove

    found = find_course(course)
    wanted = [found.find(name) for name in exercises] if exercises else list(found.exercises())
    settings = Settings(seed=secrets.randbelow(2**31) if seed is None else seed, secret=b"verify")
    sandbox = open_sandbox(isolation, warm=tuple(dict.fromkeys(name for e in wanted for name in e.warm)))
    complaints = 0
    try:
        for exercise in wanted:
            proofs = list(prove(exercise, sandbox, settings))
            bad = [proof for proof in proofs if proof.complaint]
            complaints += len(bad)
            counts = ", ".join(
                f"{sum(p.role == role for p in proofs)} {role}" for role in ("stub", "solution", "right", "wrong")
            )
            seconds = sum(proof.duration_s for proof in proofs)
            _print(f"{'✗' if bad else '✓'} {exercise.id}: {counts}  ({seconds:.1f} s)")
            for proof in bad:
                _print(f"    {proof.role}/{proof.file}: {clean(proof.complaint)}")
    finally:
        sandbox.close()
    if complaints:
        _print(f"{complaints} files do not do what they must. Replay with --seed {settings.seed}.")
    raise typer.Exit(Exit.NOT_ALL if complaints else Exit.ALL_PASSED)


@app.command()
def doctor(course: CourseOption = None) -> None:
    """Say what this machine has, and what to do about what is missing."""
    from grader.doctor import examine
    from grader.reports.doctor import render

    findings = examine(course)
    _print(render(findings))
    raise typer.Exit(Exit.ALL_PASSED if all(finding.ok for finding in findings) else Exit.NOT_ALL)


@app.command()
def schema() -> None:
    """Print the JSON schema of `--format json`."""
    import msgspec

    from grader.reports.as_json import schema as report_schema

    sys.stdout.write(msgspec.json.format(msgspec.json.encode(report_schema()), indent=2).decode() + "\n")


def _secret(course: Course) -> bytes:
    """The key that hidden checks' seeds follow from: GRADE_SECRET, or a file made once beside the solutions."""
    if told := os.environ.get("GRADE_SECRET"):
        return told.encode()
    import secrets

    path = course.root / "solutions" / ".seed_secret"
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_hex(32).encode())
    except OSError:
        pass
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(
            f"{path} cannot be written, and hidden checks need a secret. Set GRADE_SECRET ({error.strerror})."
        ) from None


def _print(what: Any) -> None:
    if isinstance(what, str):  # rich takes a moment to import, and plain text does not need it
        sys.stdout.write(what + "\n")
        return
    from rich.console import Console

    Console(highlight=False, markup=False).print(what)


def _complain(sentence: str) -> None:
    from grader.reports.text import clean

    sys.stderr.write(f"grade: {clean(sentence)}\n")


def _arguments(arguments: list[str]) -> list[str]:
    """`grade ex13` is `grade run ex13`: whatever is not a command's name or an option of its own is to be graded."""
    commands = {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}
    own = ("--help", "--install-completion", "--show-completion")
    return arguments if arguments and (arguments[0] in commands or arguments[0] in own) else ["run", *arguments]


def main() -> None:
    """Entry point. Every error is one sentence; GRADE_DEBUG=1 adds the traceback of a fault of ours."""
    try:
        # What a command raises as typer.Exit is given back as the result; so is a Ctrl-C, as 130.
        code = app(_arguments(sys.argv[1:]), standalone_mode=False)
        if code == Exit.INTERRUPTED:
            _complain("stopped.")
    except click.Abort:
        _complain("stopped.")
        code = Exit.INTERRUPTED
    except click.ClickException as error:
        _complain(f"{error.format_message()} Try: grade --help")
        code = Exit.BAD_INPUT
    except UsageError as error:
        _complain(str(error))
        code = Exit.BAD_INPUT
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # the reader of our output has left
        code = Exit.NOT_ALL
    except Exception as error:
        if os.environ.get("GRADE_DEBUG"):
            raise
        kind = "" if isinstance(error, GraderError) else f"{type(error).__name__}, a fault of the grader: "
        _complain(f"{kind}{error} No work was marked down. GRADE_DEBUG=1 shows more.")
        code = Exit.OUR_FAULT
    sys.exit(int(code or 0))

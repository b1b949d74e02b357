"""grade gradescope: the zip file of an autograder. grade autograde: what that autograder runs for each upload."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from grader.commands.console import say
from grader.commands.options import CourseOption, RevealOption, SeedOption
from grader.errors import OurFault, UsageError
from grader.reports.format_names import ResultsFile
from grader.reports.reveal import Reveal

AttemptsOption = Annotated[int, typer.Option(min=0, help="Graded uploads that a student has; 0: any number.")]
CoolDownOption = Annotated[float, typer.Option(min=0, help="Minutes between two graded uploads; 0: none.")]


def gradescope(
    out: Annotated[Path, typer.Argument(help="A new .zip, to be uploaded as an assignment's autograder.")],
    exercises: Annotated[list[str] | None, typer.Argument(help="ex13, 13, …; none: all.")] = None,
    course: CourseOption = None,
    reveal: RevealOption = Reveal.TITLES,
    attempts: AttemptsOption = 0,
    cool_down: CoolDownOption = 0.0,
) -> None:
    """For instructors: make the zip of a Gradescope autograder. It holds hidden checks: keep it to yourself."""
    from grader.authoring import autograder
    from grader.exercises.course import find_course
    from grader.grading.attempts import Limits
    from grader.text import counted

    found = find_course(course)
    wanted = [found.find(name) for name in exercises] if exercises else list(found.exercises())
    if unarmed := [exercise.id for exercise in wanted if not exercise.has_hidden_checks]:
        say(f"Without hidden checks, since solutions/ has none: {', '.join(unarmed)}")
    kit = autograder.build(found, wanted, reveal, Limits(attempts, cool_down))
    autograder.write(kit, out)
    points = sum(exercise.points for exercise in wanted)
    say(f"{out}: {counted(len(wanted), 'exercise')}, {points:g} points, {len(kit)} files.")
    say("It holds the hidden checks and the secret of their inputs: keep it to yourself.")


def autograde(
    submission: Annotated[Path, typer.Argument(help="The folder of one student's files.")],
    results: Annotated[Path, typer.Argument(help="The results.json to write.")],
    exercises: Annotated[list[str] | None, typer.Argument(help="ex13, 13, …; none: all.")] = None,
    course: CourseOption = None,
    reveal: RevealOption = Reveal.TITLES,
    seed: SeedOption = None,
    format: Annotated[ResultsFile, typer.Option("--format", help="Whose file to write.")] = ResultsFile.GRADESCOPE,
    attempts: AttemptsOption = 0,
    cool_down: CoolDownOption = 0.0,
    metadata: Annotated[
        Path | None, typer.Option(help="Gradescope's submission_metadata.json, which knows earlier attempts.")
    ] = None,
) -> None:
    """For autograders: grade one student's folder and write the results. Where something of ours fails: none."""
    from grader.authoring.autograder import uploaded
    from grader.classroom.record import ExerciseInfo
    from grader.exercises.course import find_course
    from grader.grading.attempts import Limits, gradescopes
    from grader.grading.examiner import Examiner
    from grader.reports import classroom50
    from grader.reports import gradescope as report
    from grader.sandbox.limits import BASIC

    if attempts or cool_down:
        if metadata is None or format is not ResultsFile.GRADESCOPE:
            raise UsageError("--attempts and --cool-down need --metadata, which only Gradescope gives.")
        before, now = gradescopes(metadata)
        if why := Limits(attempts, cool_down).refusal(before, now):
            _write(results, report.refused(why, before[-1].results))
            say(f"{results}: {why}")
            return
    found = find_course(course)
    wanted = [found.find(name) for name in exercises] if exercises else list(found.exercises())
    with ExitStack() as stack:
        pupil = stack.enter_context(uploaded(submission, found, wanted))
        examiner = Examiner(wanted, seed=seed)
        sandbox = examiner.open_sandbox()
        stack.callback(sandbox.close)
        examiner.load()
        sandbox.settle()
        if sandbox.level == BASIC:
            raise OurFault("Nothing would confine the submission here: grade doctor says what this machine lacks.")
        reports = []
        for exercise in wanted:
            if exercise.id in pupil.works:
                device = examiner.device_for(exercise, sandbox)
                reports.append(examiner.grade(exercise, pupil.works[exercise.id], sandbox, device=device))
    if ours := [result for one in reports for result in one.checks if result.status == "grader_error"]:
        # Gradescope then says that the autograder failed, and staff can run it again; a part of a mark it would keep.
        raise OurFault(f"{len(ours)} checks could not be asked, so no mark was written. The first: {ours[0].message}")
    missing = [
        ExerciseInfo(id=exercise.id, title=exercise.title, points=exercise.points)
        for exercise in wanted
        if exercise.id not in pupil.works
    ]
    if format is ResultsFile.CLASSROOM50:
        _write(results, classroom50.render(reports, reveal, os.environ, missing))
    else:
        _write(results, report.render(reports, reveal, missing, pupil.notes))
    say(f"{results}: {sum(one.earned for one in reports):g} points for {len(reports)} of {len(wanted)} exercises.")


def _write(results: Path, text: str) -> None:
    try:
        results.write_text(text, encoding="utf-8")
    except OSError as error:
        raise OurFault(f"{results} cannot be written: {error.strerror}.") from None

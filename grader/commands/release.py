"""grade release: the student's kit, without answers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.commands.console import complain, say
from grader.commands.exit_codes import Exit
from grader.commands.options import CORES, CourseOption, IsolationOption


def release(
    out: Annotated[Path, typer.Argument(help="A new folder, or a .zip.")],
    course: CourseOption = None,
    origin: Annotated[
        str, typer.Option("--from", metavar="URL", help="Where its notebooks install it from: a URL, a .zip, a folder.")
    ] = "",
    isolation: IsolationOption = "auto",
) -> None:
    """For authors: make the student's kit: exercises and grader, no solutions, no hidden checks."""
    from grader.authoring import release as kits
    from grader.authoring.verify import verify
    from grader.exercises.course import find_course
    from grader.grading.examiner import Examiner
    from grader.grading.runner import Settings
    from grader.text import counted

    kits.check_target(out)
    found = find_course(course)
    exercises = [exercise for exercise in found.exercises() if exercise.solution_folder]
    sandbox = Examiner(exercises).open_sandbox(isolation)
    filled = []
    try:
        kit = kits.build(found, origin=origin)
        sandbox.settle()
        for exercise in exercises:
            # Whoever tries an exercise in the course's own folder fills the very file that students are to get.
            (proof,) = verify(exercise, sandbox, Settings(secret=b"release"), CORES, roles=("stub",))
            filled += [f"{exercise.stub_path}: {proof.complaint}"] if proof.complaint else []
    finally:
        sandbox.close()
    if filled:
        for sentence in filled:
            complain(sentence)
        complain("Nothing was released: put the stubs back, so that no student gets an answer with the question.")
        raise typer.Exit(Exit.BAD_INPUT)
    kits.write(kit, out)
    say(f"{out}: {counted(len(found.exercises()), 'exercise')}, {len(kit)} files, no solutions, no hidden checks.")

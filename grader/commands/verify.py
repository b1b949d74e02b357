"""grade verify: proves the kit, both ways."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.commands.console import say, write
from grader.commands.exit_codes import Exit
from grader.commands.options import CORES, CourseOption, IsolationOption, JobsOption, SeedOption
from grader.errors import UsageError

if TYPE_CHECKING:
    from grader.authoring.verify import Proof


def verify(
    exercises: Annotated[list[str] | None, typer.Argument(help="ex13 or 13; none: all.")] = None,
    course: CourseOption = None,
    seed: SeedOption = None,
    isolation: IsolationOption = "auto",
    jobs: JobsOption = CORES,
    notebooks: Annotated[
        bool, typer.Option(help="Grade solutions and a sample of wrong/ in notebook form, too.")
    ] = True,
    seeds: Annotated[int, typer.Option(min=1, help="Prove it under so many seeds, one after the other.")] = 1,
    promised: Annotated[
        bool, typer.Option("--promised", help="After the first seed, ask each wrong/ only where it says that it fails.")
    ] = False,
    show: Annotated[
        Path | None,
        typer.Option("--show", metavar="FILE", help="Only print the whole program that a file of wrong/ stands for."),
    ] = None,
) -> None:
    """For authors: prove that stubs fail, solutions and right/ pass, and each wrong/ fails where it says."""
    if show is not None:
        write(_program(show, course))
        return
    from grader.authoring.verify import NOTEBOOK, ROLES, number_of_files
    from grader.authoring.verify import verify as prove
    from grader.exercises.course import find_course
    from grader.grading.examiner import Examiner
    from grader.grading.runner import Settings
    from grader.grading.secret import new_seed

    found = find_course(course)
    wanted = [found.find(name) for name in exercises] if exercises else list(found.exercises())
    first = new_seed() if seed is None else seed
    sandbox = Examiner(wanted).open_sandbox(isolation, notebooks=notebooks, submissions=seeds * number_of_files(wanted))
    roles = ROLES if notebooks else tuple(role for role in ROLES if role != NOTEBOOK)
    complaints = 0
    try:
        sandbox.settle()
        for exercise in wanted:
            started, sentences, bad = time.monotonic(), [], 0
            for drawn in range(first, first + seeds):
                # A notebook's verdict does not depend on what was drawn: under one seed is enough.
                asked = roles if drawn == first else tuple(role for role in roles if role != NOTEBOOK)
                settings = Settings(seed=drawn, secret=b"verify")
                proofs = list(prove(exercise, sandbox, settings, jobs, asked, promised=promised and drawn != first))
                if drawn == first:
                    gained = _gained(proofs, exercise.points)
                    counts = ", ".join(f"{sum(p.role == role for p in proofs)} {role}" for role in roles)
                failed = [proof for proof in proofs if proof.complaint]
                bad += len(failed)
                told = f" (seed {drawn})" if seeds > 1 else ""
                sentences += [f"    {sentence}{told}" for sentence in _complaints(failed)]
            complaints += bad
            under = f", under {seeds} seeds" if seeds > 1 else ""
            say(f"{'✗' if bad else '✓'} {exercise.id}: {counts}{under}  ({time.monotonic() - started:.1f} s)")
            for sentence in sentences:
                say(sentence)
            if gained:
                say(gained)
    finally:
        sandbox.close()
    if complaints:
        do = "file does not do what it must" if complaints == 1 else "files do not do what they must"
        say(f"{complaints} {do}. Replay with --seed {first}.")
    raise typer.Exit(Exit.NOT_ALL if complaints else Exit.ALL_PASSED)


def _gained(proofs: Sequence[Proof], points: float) -> str:
    """What a liar gets that the honest file does not, over all files; "" if that is nothing."""
    checks = dict(sorted((name, worth) for proof in proofs for name, _, worth in proof.gained))
    total, names = sum(checks.values()), ", ".join(checks)
    return f"    who lies about what is witnessed gains up to {total:g} of {points:g} points: {names}" if checks else ""


def _complaints(failed: Sequence[Proof]) -> Iterator[str]:
    """A sentence for each complaint: a broken check breaks every file."""
    from grader.text import clean

    for complaint in dict.fromkeys(proof.complaint for proof in failed):
        first, *others = [f"{proof.role}/{proof.file}" for proof in failed if proof.complaint == complaint]
        more = f" and {len(others)} more" if others else ""
        yield f"{first}{more}: {clean(complaint)}"


def _program(path: Path, course: Path | None) -> str:
    from grader.authoring import overlay
    from grader.exercises.course import find_course
    from grader.submissions.work import check_is_file

    check_is_file(path)
    found = find_course(course or path.parent)
    for exercise in found.exercises():
        if overlay.is_wrong(exercise, path):
            return overlay.program(exercise, path).decode("utf-8", "replace")
    raise UsageError(
        f"{path} is in no wrong/ folder of {found.root / 'solutions'}: it is a whole program as it stands."
    )

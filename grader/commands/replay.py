"""grade replay: one verdict of a class, reached once more."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from grader.commands.console import say
from grader.commands.options import CourseOption, DeviceOption, Exit, IsolationOption
from grader.errors import UsageError


def replay(
    results: Annotated[Path, typer.Argument(help="The results folder of grade class.")],
    student: Annotated[str, typer.Argument(help="The student, as the gradebook names them.")],
    exercise: Annotated[str, typer.Argument(help="ex13, 13, …")],
    course: CourseOption = None,
    device: DeviceOption = "auto",
    isolation: IsolationOption = "auto",
) -> None:
    """For instructors: grade one submission of a class again, on the same inputs, and say whether the verdict holds."""
    from grader.classroom import plan
    from grader.classroom.store import GradeStore
    from grader.exercises.course import find_course
    from grader.grading.desk import Desk
    from grader.grading.secret import secret_of
    from grader.reports import terminal
    from grader.reports.classroom.replay import differences

    found = find_course(course)
    wanted = found.find(exercise)
    secret = secret_of(found.root)
    with closing(GradeStore(results, write=False)) as store:
        plan.chosen_students(store, [student])
        verdict = next(
            (v for v in store.verdicts() if v.handed.student == student and v.handed.exercise == wanted.id), None
        )
        if verdict is None:
            raise UsageError(f"{results} has no verdict on {student!r} and {wanted.id}: nothing to replay.")
        if store.meta("secret") != plan.secret_id(secret):
            raise UsageError(
                "The class was graded with another secret, so its hidden inputs cannot be asked again. "
                "Set GRADE_SECRET to that one, or bring solutions/.seed_secret along."
            )
        work = store.work(verdict.handed)
    desk = Desk([wanted], secret=secret, device=device, seed=verdict.seed)
    with closing(desk.open_sandbox(isolation)) as sandbox:
        desk.load()
        sandbox.settle()
        report = desk.grade(wanted, work, sandbox, device=desk.device_for(wanted, sandbox))
    say(terminal.render(report))
    changed = differences(verdict.report, report)
    say("\nThe verdict is the same." if not changed else "\nThe verdict differs:")
    for sentence in changed:
        say(f"  {sentence}")
    if report.our_fault:
        raise typer.Exit(Exit.OUR_FAULT)
    raise typer.Exit(Exit.NOT_ALL if changed else Exit.ALL_PASSED)

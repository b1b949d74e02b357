"""grade adopt: a mistake that a class has made becomes one that the checks know."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from grader.commands.console import say
from grader.commands.options import CourseOption


def adopt(
    results: Annotated[Path, typer.Argument(help="The results folder of grade class.")],
    exercise: Annotated[str, typer.Argument(help="ex13, 13, …")],
    group: Annotated[int, typer.Argument(min=1, help="The group's number, as class.html says it.")],
    name: Annotated[str, typer.Argument(help="What to call the mistake's file: sums_over_columns.")],
    sentence: Annotated[str, typer.Argument(help="What students are to read: what to do instead.")],
    course: CourseOption = None,
) -> None:
    """For authors: write a class's mistake as a file of wrong/, to be named in a check. Nobody's name goes into it."""
    from grader.authoring import adopt as adopting
    from grader.classroom import again
    from grader.classroom.from_store import people
    from grader.classroom.store import GradeStore
    from grader.exercises.course import find_course

    found = find_course(course).find(exercise)
    with closing(GradeStore(results, write=False)) as store:
        chosen = adopting.group_of(found, group, again.groups(store, store.verdicts(), people(store)))
    path = adopting.adopt(found, chosen, name, sentence)
    say(f"{path}: fails at {', '.join(chosen.checks)}, as the work of {len(chosen.students)} did.")
    say(f"Name it in {chosen.check}, whose answer is wrong in this way, and then: grade verify {found.label}")

"""grade doctor: what this machine has."""

from __future__ import annotations

import typer

from grader.commands.console import say
from grader.commands.exit_codes import Exit
from grader.commands.options import CourseOption


def doctor(course: CourseOption = None) -> None:
    """Say what this machine has, and what to do about what is missing."""
    from grader.grading.machine import examine
    from grader.reports.doctor import render

    findings = examine(course)
    say(render(findings))
    raise typer.Exit(Exit.ALL_PASSED if all(finding.ok for finding in findings) else Exit.NOT_ALL)

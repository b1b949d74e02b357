"""grade next: the next thing worth doing."""

from __future__ import annotations

from grader.commands.board import rows_of
from grader.commands.console import say
from grader.commands.options import CourseOption, Style, StyleOption
from grader.commands.show import show


def next_(course: CourseOption = None, format: StyleOption = Style.TERMINAL) -> None:
    """Show what the next exercise that is not done asks for."""
    from grader.exercises.course import find_course
    from grader.reports.board import advice, next_step

    rows = rows_of(find_course(course))
    following = next_step(rows)
    if following is None:
        for sentence in advice(rows):
            say(sentence)
        return
    show(following.id, course=course, format=format)
    say(f"To have it checked whenever you save it: grade watch {following.label}")

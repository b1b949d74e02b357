"""Classroom 50's autograder: a folder for the configuration repository. Students can read it: public checks only."""

from __future__ import annotations

from collections.abc import Sequence
from string import Template

from grader.authoring import release
from grader.authoring.release import Kit
from grader.exercises.course import Course
from grader.exercises.exercise import Exercise


def build(course: Course, exercises: Sequence[Exercise]) -> Kit:
    """The folder's content: autograder.py, and a course with public checks alone.

    Raises:
        UsageError: if this grader is not installed from its own checkout.
    """
    template = Template((release.BLANK / "classroom50.py.txt").read_text(encoding="utf-8"))
    script = template.substitute(exercises=repr([exercise.id for exercise in exercises]))
    kit = {"autograder.py": script.encode()}
    return kit | {f"course/{name}": content for name, content in release.build(course).items()}

"""Whether a sentence is an author's own, word for word: then student code has written nothing of it.

A sentence that is put together while a check runs (from an answer, an input, an exception) stands nowhere as a whole.
Those that do are string constants of the exercise's files or of the grader's own checks.
"""

from __future__ import annotations

import ast
import functools
from pathlib import Path

from grader.exercises.exercise import Exercise

_GRADER = Path(__file__).parents[1]


def is_authored(sentence: str, exercise: Exercise, fingerprint: str) -> bool:
    """Whether these very words stand in the exercise's files, of that fingerprint, or in the grader's."""
    return sentence in _of(exercise.id, fingerprint, exercise) or sentence in _graders_own()


@functools.lru_cache(maxsize=64)
def _of(exercise_id: str, fingerprint: str, exercise: Exercise) -> frozenset[str]:
    return _constants([file.content for file in exercise.files() if file.name.endswith(".py")])


@functools.lru_cache(maxsize=1)
def _graders_own() -> frozenset[str]:
    files = [*sorted((_GRADER / "checks").glob("*.py")), _GRADER / "grading" / "verdicts.py"]
    return _constants([file.read_bytes() for file in files])


def _constants(sources: list[bytes]) -> frozenset[str]:
    nodes = (node for source in sources for node in ast.walk(ast.parse(source)))
    return frozenset(node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))

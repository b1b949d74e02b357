"""The notebook twin of a stub, or of any Python file: the .py file is the only source, and the course keeps no twin.

jupytext reads a file in its percent format, where `# %%` begins a cell. A file without such marks gets them here: one
cell for the imports, for each function or class, and for the statements between them.
"""

from __future__ import annotations

import ast
import json
import re
import warnings
from collections.abc import Iterable, Sequence
from typing import Any, Final

from grader.exercises.exercise import Exercise
from grader.sandbox import omissions

SETUP: Final = "# Run this first: it makes %grade known."
_COMMAND: Final = re.compile(r"`(grade (?:(?:hint|show) )?(?:ex|lab)\d+)`")
"""A command that the magic knows, too."""
_MARK: Final = re.compile(r"^# %%", re.MULTILINE)


def twin(exercise: Exercise, origin: str = "", badge: str = "") -> str:
    """An exercise as a notebook: its statement, a cell that gets the grader, its stub cell by cell, a cell that grades.

    Args:
        exercise: the exercise.
        origin: from where `%pip` installs the kit: a folder, a zip file or a URL; "" if it is installed already.
        badge: Markdown to stand above everything; "" for none.

    Returns:
        JSON, nbformat 4.5.
    """
    with omissions.without(omissions.ADDRESSES):
        from nbformat import v4

    install = f'%pip install -q "{origin}"' if origin else "# If that fails: %pip install -q -e FOLDER_OF_THE_KIT"
    setup = [SETUP, install, "%load_ext grader"] if origin else [SETUP, "%load_ext grader", install]
    stub = _cells(exercise.stub_path.read_text(encoding="utf-8"), docstring=False)
    cells = [
        *([v4.new_markdown_cell(badge)] if badge else []),
        *(v4.new_markdown_cell(part) for part in _sections(statement(exercise))),
        v4.new_code_cell("\n".join(setup)),
        *stub,
        v4.new_markdown_cell("Run the cell below to grade what you have written so far; `%grade hint` gives a hint."),
        v4.new_code_cell(f"%grade {exercise.label}"),
    ]
    return _document(cells)


def statement(exercise: Exercise) -> str:
    """What an exercise asks for, in Markdown, with its commands as a notebook takes them: %grade ex13."""
    return _COMMAND.sub(r"`%\1`", exercise.statement_path.read_text(encoding="utf-8"))


def without_setup(cells: Iterable[str]) -> tuple[str, ...]:
    """A notebook's code cells but the one that gets the grader: what it says differs from kit to kit."""
    return tuple(source for source in cells if not source.startswith(SETUP))


def as_notebook(source: str) -> str:
    """Any Python file in notebook form. JSON, nbformat 4.5."""
    return _document(_cells(source))


def _sections(statement: str) -> list[str]:
    """A Markdown text cut at its headings."""
    sections: list[list[str]] = [[]]
    in_code = False
    for line in statement.splitlines():
        if line.startswith("```"):
            in_code = not in_code
        if line.startswith("#") and not in_code:
            sections.append([])
        sections[-1].append(line)
    return [text for section in sections if (text := "\n".join(section).strip())]


def _cells(source: str, *, docstring: bool = True) -> list[Any]:
    with omissions.without(omissions.ADDRESSES):
        import jupytext  # type: ignore[import-untyped]

    cells: list[Any] = jupytext.reads(marked(source, docstring=docstring), fmt="py:percent").cells
    return cells


def _document(cells: list[Any]) -> str:
    for number, cell in enumerate(cells):
        cell.update(id=f"cell-{number}", metadata={})
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    document = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def marked(source: str, *, docstring: bool = True) -> str:
    """The source in jupytext's percent format: as it is if it has such marks, or if Python cannot read it.

    Without its `docstring` where the statement, which says the same, stands above.
    """
    tree = None if _MARK.search(source) else _parsed(source)
    if tree is None:
        return source
    lines = source.splitlines()
    text: list[str] = []
    done = 0
    body = tree.body
    if body and (said := ast.get_docstring(tree)):
        if docstring:
            text += ["# %% [markdown]", "# ```text", *(f"# {line}".rstrip() for line in said.splitlines()), "# ```"]
        done, body = body[0].end_lineno or 0, body[1:]
    previous = ""
    for statement in body:
        kind = _kind(statement)
        if kind == "definition" or kind != previous:
            start = start_of(statement, lines, done)
            text += lines[done:start] if previous else _comment_cell(lines[done:start])
            text.append("# %%")
            done = start
        end = statement.end_lineno or len(lines)
        text += lines[done:end]
        done, previous = max(done, end), kind
    return "\n".join([*text, *lines[done:]]) + "\n"


def _parsed(source: str) -> ast.Module | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(source)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None


def _kind(statement: ast.stmt) -> str:
    match statement:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return "definition"
        case ast.Import() | ast.ImportFrom():
            return "import"
        case _:
            return "statement"


def first_line(statement: ast.stmt) -> int:
    """The number of a statement's first line, its decorators included."""
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(decorator.lineno for decorator in decorators)])


def start_of(statement: ast.stmt, lines: Sequence[str], done: int) -> int:
    """The index of a statement's first line, with the decorators and comments right above it, from `done` on."""
    start = first_line(statement) - 1
    while start > done and lines[start - 1].startswith("#"):
        start -= 1
    return start


def _comment_cell(lines: list[str]) -> list[str]:
    """What stands above the first statement: comments, in a cell of their own if there are any."""
    return ["# %%", *lines] if any(line.strip() for line in lines) else []

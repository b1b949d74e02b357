"""`from grader import …` is all that an exercise imports of the grader, and each name of it is told to authors."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from places import ROOT

import grader
from grader.exercises.course import Course

AUTHORING = (ROOT / "docs" / "authoring.md").read_text(encoding="utf-8")
BLANK = ROOT / "grader" / "authoring" / "blank"
IN_THE_WORKER = {"apparatus"}
"""All that the jail shows of what an exercise may import."""


def sources() -> Iterator[tuple[str, str]]:
    """Name and source of every module of an exercise: in the course, in the pages, and where new ones come from."""
    for exercise in Course(ROOT).exercises():
        for file in exercise.files():
            if file.name.endswith(".py"):
                yield f"{file.side}/{exercise.id}/{file.name}", file.content.decode()
    for path in sorted(BLANK.rglob("*checks.py.txt")):
        yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")
    for number, block in enumerate(re.findall(r"^```python[^\n]*\n(.*?)^```", AUTHORING, re.DOTALL | re.MULTILINE)):
        yield f"docs/authoring.md, block {number}", block


SOURCES = dict(sources())


def reached(source: str) -> set[str]:
    """What a module imports of the grader: names of the package, or whatever is not one, as it is written."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.ImportFrom(module="grader", level=0, names=names):
                found |= {name.name for name in names}
            case ast.ImportFrom(module=str(module), level=0) if module.split(".")[0] == "grader":
                found.add(ast.unparse(node))
            case ast.Import(names=names):
                found |= {ast.unparse(node) for name in names if name.name.split(".")[0] == "grader"}
    return found


def test_the_modules_were_found() -> None:
    assert len(SOURCES) > 60
    assert reached("from grader.checks import expect\nimport grader.errors\nfrom grader import check") == {
        "from grader.checks import expect",
        "import grader.errors",
        "check",
    }


@pytest.mark.parametrize("name", SOURCES)
def test_an_exercise_imports_names_of_the_package_and_no_more(name: str) -> None:
    known = IN_THE_WORKER if name.endswith("/probes.py") else set(grader.__all__)
    assert reached(SOURCES[name]) <= known


@pytest.mark.parametrize("name", grader.__all__)
def test_every_name_is_there_and_is_told_to_authors(name: str) -> None:
    assert getattr(grader, name) is not None
    table = AUTHORING.split("### What you can import")[1].split("\n### ")[0]
    assert f"`{name}`" in table


def test_type_checkers_see_the_same_names() -> None:
    tree = ast.parse(Path(grader.__file__).read_text(encoding="utf-8"))
    (block,) = [node for node in tree.body if isinstance(node, ast.If)]
    seen = [name.asname for node in block.body if isinstance(node, ast.ImportFrom) for name in node.names]
    assert sorted(filter(None, seen)) == sorted(grader.__all__) == sorted(set(grader.__all__))


def test_a_name_that_is_not_there_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'Nothing'"):
        grader.Nothing  # noqa: B018

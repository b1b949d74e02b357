"""The notebook twin of a stub holds the same code, cell by cell; no file is too odd for one."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from conftest import ROOT

from grader.exercises.course import Course
from grader.submissions.twins import SETUP, as_notebook, marked, twin
from grader.submissions.work import of_bytes

IDS = [exercise.id for exercise in Course(ROOT).exercises()]
FILES = sorted(path for folder in ("exercises", "solutions") for path in (ROOT / folder).glob("*/**/ex*.py"))


def body_of(source: str) -> list[str]:
    """The statements of a file, but for its docstring."""
    tree = ast.parse(source)
    return [ast.dump(statement) for statement in tree.body[ast.get_docstring(tree) is not None :]]


def code_of(document: str) -> str:
    notebook = of_bytes("a.ipynb", document.encode()).notebook
    assert notebook is not None
    return "\n".join(notebook.cells)


@pytest.mark.parametrize("exercise", IDS)
def test_a_twin_holds_the_statement_the_stub_and_the_magic(course: Course, exercise: str) -> None:
    found = course.find(exercise)
    document = nbformat.reads(twin(found), as_version=4)
    nbformat.validate(document)
    text = "\n\n".join(cell.source for cell in document.cells if cell.cell_type == "markdown")
    statement = (found.folder / "README.md").read_text(encoding="utf-8")
    for said in (f"`grade {found.label}`", f"`grade hint {found.label}`"):
        assert said in statement
        statement = statement.replace(said, said.replace("grade", "%grade", 1))
    assert text.startswith(statement.splitlines()[0])
    assert not {line for line in statement.splitlines() if line.strip()} - set(text.splitlines())
    assert document.cells[-1].source == f"%grade {exercise.split('_')[0]}"
    (setup,) = [cell.source for cell in document.cells if cell.source.startswith(SETUP)]
    assert "\n%load_ext grader\n" in setup
    docstring = ast.get_docstring(ast.parse(found.stub_path.read_text(encoding="utf-8"))) or ""
    first = docstring.splitlines()[0]
    assert text.count(first) == statement.count(first), "the statement stands once"
    cells = [cell.source for cell in document.cells[:-1] if cell.cell_type == "code" and cell.source != setup]
    code = "\n".join(cells)
    assert body_of(code) == body_of(found.stub_path.read_text(encoding="utf-8"))


def test_every_known_work_keeps_its_code_in_notebook_form() -> None:
    assert len(FILES) >= len(IDS)
    for path in FILES:
        source = path.read_text(encoding="utf-8")
        assert body_of(code_of(as_notebook(source))) == body_of(source), path


ODD = '''\
#!/usr/bin/env python
# a comment above everything

"""A docstring
with ```fences``` and # %% in it.
"""
from __future__ import annotations
import os; import sys

x = """
def not_a_function():
"""
if x:

    y = 1

# a comment in between
else:

    y = 2
@property
# a comment between decorator and function
def f(self):
    a = 1

# not indented
    return a
class C: pass
z = 3; w = 4
'''


@pytest.mark.parametrize(
    ("source", "cells"),
    [
        ("", 0),
        ("# only a comment\n", 1), ("x = 1", 1), ('"""Only a docstring."""\n', 0), (ODD.replace("# %%", ""), 5),
        ("import a\nimport b\nx = 1\ny = 2\n\ndef f(): ...\n\n\nclass C:\n    def g(self): ...\n", 4), ("def (:\n", 1),
        ("x = 1\r\n\r\ndef f():\r\n    return x\r\n", 2), ("def f():\n    return 1\nf()\n\ndef g():\n    return 2", 3),
        ("# %%\nx = 1\n\ndef f(): ...\n# %% [markdown]\n# # Title\n# %%\ny = 2\n", 2),
    ],
)  # fmt: skip
def test_a_file_is_cut_into_cells(source: str, cells: int) -> None:
    document = as_notebook(source)
    nbformat.validate(nbformat.reads(document, as_version=4))
    code = [cell for cell in json.loads(document)["cells"] if cell["cell_type"] == "code" and cell["source"]]
    assert len(code) == cells
    if source != "def (:\n":
        assert body_of("\n".join("".join(cell["source"]) for cell in code)) == body_of(source)


def test_marks_of_the_author_are_kept() -> None:
    source = "# %%\nx = 1\n\n\ndef f(): ...\n"
    assert marked(source) == source


# --- the command ------------------------------------------------------------------------------------------------------


def run_command(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from grader.cli import main; main()", *arguments],
        capture_output=True, text=True, timeout=120, check=False, cwd=cwd,
    )  # fmt: skip


@pytest.mark.slow
def test_the_command_writes_a_twin_once_and_grade_finds_it(tmp_path: Path) -> None:
    course = ["--course", str(ROOT)]
    made = run_command("notebook", "ex13", *course, cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    assert "ex13_sin_gradient.ipynb is ready" in made.stdout
    again = run_command("notebook", "ex13", *course, cwd=tmp_path)
    assert again.returncode == 2
    assert "exists already, and may hold your work" in again.stderr
    graded = run_command("ex13", "--public", *course, cwd=tmp_path)
    assert graded.returncode == 1
    assert "ex13_sin_gradient.ipynb" in graded.stdout
    assert "still to be written" in graded.stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["notebook", "ex99"], "There is no exercise 'ex99'"),
        (["notebook", "ex13", "out.txt"], "a notebook's name ends in .ipynb"),
        (["notebook", "ex13", "no/such/folder/out.ipynb"], "cannot be written"),
        (["notebook"], "EXERCISE"),
        (["ex13", "--save-executed", "out.txt"], "--save-executed writes one .ipynb file"),
        (["ex13", "ex14", "--save-executed", "out.ipynb"], "--save-executed writes one .ipynb file"),
        (["ex13", "--save-executed", "out.ipynb"], "is not a notebook, so there is nothing to execute"),
    ],
)
def test_bad_usage_is_one_sentence(arguments: list[str], words: str, tmp_path: Path) -> None:
    result = run_command(*arguments, "--course", str(ROOT), cwd=tmp_path)
    assert result.returncode == 2
    assert words in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


@pytest.mark.slow
def test_the_executed_notebook_is_saved_with_its_report(course: Course, tmp_path: Path) -> None:
    solution = course.find("ex13").solution_path
    assert solution is not None
    path, saved = tmp_path / "ex13_sin_gradient.ipynb", tmp_path / "executed.ipynb"
    path.write_text(as_notebook(solution.read_text(encoding="utf-8") + "\nprint('trained')\ngradient_at(1.2, 3.4)\n"))
    result = run_command(str(path), "--course", str(ROOT), "--save-executed", str(saved), cwd=tmp_path)
    assert result.returncode == 0, result.stdout + result.stderr
    document = nbformat.read(saved, as_version=4)
    nbformat.validate(document)
    outputs = [output for cell in document.cells for output in cell.get("outputs", ())]
    assert [output.output_type for output in outputs] == ["stream", "execute_result"]
    assert outputs[0].text == "trained\n"
    assert "10/10" in document.cells[-1].source
    same = run_command(str(path), "--course", str(ROOT), "--save-executed", str(path), cwd=tmp_path)
    assert same.returncode == 2
    assert "is the notebook itself" in same.stderr

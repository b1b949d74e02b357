"""`%grade` inside a live notebook says what the command line would say of the cells that have been run."""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from cells import GRADIENT, GRADIENT_AT, HONEST
from conftest import ROOT
from environments import BASE, environment

from grader.exercises.course import Course
from grader.magic import AS_ONE_PROGRAM
from grader.submissions.twins import twin

Run = Callable[..., list[dict[str, Any]]]
# A shell of IPython's, as a kernel holds one. In a process of its own: it changes builtins, and tidies up at exit.
SHELL = """
import json, sys
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

config = Config()
config.HistoryManager.enabled = False
shell = InteractiveShell.instance(config=config)
shell.display_pub = CapturingDisplayPublisher(parent=shell)
for source, cell_id in json.loads(sys.argv[1]):
    shell.run_cell(source, store_history=True, cell_id=cell_id)
shown = [output["data"] for output in shell.display_pub.outputs]
print("\\0" + json.dumps([*shown, {"state": shell.user_ns.get("state")}]))
"""
# nbclient with the stock kernel of this very Python, whatever kernels are installed.
STOCK = """
import asyncio, sys
import nbformat
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

class Manager(AsyncKernelManager):
    @property
    def kernel_spec(self):
        argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        return KernelSpec(argv=argv, language="python")

path = sys.argv[1]
notebook = nbformat.read(path, as_version=4)
manager = Manager(transport="ipc", ip=path + "-ipc")
NotebookClient(notebook, km=manager, timeout=120).execute()
asyncio.run(manager.shutdown_kernel(now=True))
nbformat.write(notebook, path)
"""


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run cells, with the ids that a notebook gives them; what they displayed, and last what `state` is."""

    def cells(*sources: str, ids: list[str] | None = None, python: str = sys.executable) -> list[dict[str, Any]]:
        pairs = list(zip(sources, ids or [None] * len(sources), strict=True))
        done = subprocess.run(
            [python, "-c", SHELL, json.dumps(pairs)],
            capture_output=True, text=True, timeout=120, check=True, cwd=ROOT,
            env={**os.environ, "IPYTHONDIR": str(tmp_path)},
        )  # fmt: skip
        shown: list[dict[str, Any]] = json.loads(done.stdout.rpartition("\0")[2])
        return shown

    return cells


def text_of(fragment: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"<style>.*?</style>", "", fragment, flags=re.DOTALL)))


@pytest.mark.slow
def test_the_cells_run_so_far_are_graded_and_shown_as_html(run: Run) -> None:
    shown, _ = run("%load_ext grader", *HONEST, "%grade ex13")
    assert "✓ gradient_at(1.2, 3.4)" in shown["text/plain"]
    assert "3/3" in shown["text/plain"].splitlines()[0]
    assert "3 of 3 points" in text_of(shown["text/html"])
    assert "✓ gradient_at(1.2, 3.4)" in " ".join(text_of(shown["text/html"]).split())


@pytest.mark.slow
def test_it_says_what_the_command_line_says(run: Run, tmp_path: Path) -> None:
    cells = [*HONEST[:3], "oops\n" + GRADIENT_AT, "1 / 0"]
    document = {"cells": [{"cell_type": "code", "source": c} for c in ("%load_ext grader", *cells)], "metadata": {}}
    path = tmp_path / "ex13_sin_gradient.ipynb"
    path.write_text(json.dumps(document | {"nbformat": 4, "nbformat_minor": 4}))
    command = [sys.executable, "-c", "from grader.cli import main; main()", str(path), "--public", "--seed", "7"]
    printed = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, cwd=ROOT).stdout
    shown, _ = run("%load_ext grader", *cells, "%grade ex13 --seed 7")
    assert "Cell 5 is to define it, and that cell failed." in shown["text/plain"]
    # But for the file's name in the first line, the seconds in the last, and how a hint is asked for.
    there = shown["text/plain"].replace("Stuck? %grade", "Stuck? grade")
    assert there.split()[6:-2] == printed.split()[5:-2]


@pytest.mark.slow
def test_a_cell_that_was_run_again_after_it_failed_is_no_failed_cell(run: Run) -> None:
    shown, _ = run(
        "%load_ext grader", *HONEST[:3], "oops", GRADIENT_AT, "%grade ex13", ids=["a", "b", "c", "d", "e", "e", "f"]
    )
    assert "failed" not in shown["text/plain"]
    assert "3/3" in shown["text/plain"]


@pytest.mark.slow
def test_attempts_before_the_grader_was_loaded_are_not_held_against_anyone(run: Run) -> None:
    shown, _ = run("oops", *HONEST, "%load_ext grader", "nothing", "%grade ex13")
    assert "cell 1 failed" not in shown["text/plain"]
    assert "cell 7 failed: nothing" in shown["text/plain"]


@pytest.mark.slow
def test_code_beside_the_magic_in_its_cell_counts_and_the_kernel_is_left_alone(run: Run) -> None:
    cells = ["%load_ext grader", *HONEST[:3], "state = []", GRADIENT_AT + "\nstate.append(1)\n%grade ex13"]
    shown, last = run(*cells, "%reload_ext grader", "%load_ext grader")
    assert "3/3" in shown["text/plain"]
    assert last == {"state": [1]}


def test_a_magic_that_means_nothing_is_one_sentence(run: Run) -> None:
    lines = ("%grade", "%grade ex99", "%grade ex13 --seed minus", "%grade ex13 --seed 99999999999", "%grade hnt")
    *shown, _ = run("%load_ext grader", *lines)
    assert [set(output) for output in shown] == [{"text/plain"}] * 5
    words = (
        "Say which exercise to grade",
        "There is no exercise 'ex99'",
        "Say which",
        "Say which",
        "mean: %grade hint?",
    )
    assert all(word in output["text/plain"] for word, output in zip(words, shown, strict=True))


@pytest.mark.slow
def test_students_text_is_escaped(run: Run) -> None:
    shown, _ = run("%load_ext grader", "print('<script>alert(1)</script>')", "%grade ex13")
    assert "<script>" not in shown["text/html"]
    assert "<script>alert(1)</script>" in text_of(shown["text/html"])


@pytest.mark.slow
def test_a_twin_grades_itself_in_a_stock_kernel(course: Course, tmp_path: Path) -> None:
    notebook = nbformat.reads(twin(course.find("ex13")), as_version=4)
    for cell in notebook.cells:
        if cell.source.startswith("def gradient("):
            cell.source = GRADIENT
        elif cell.source.startswith("def gradient_at"):
            cell.source = GRADIENT_AT
        elif cell.source.startswith("def sin_x2y"):
            cell.source = HONEST[1]
    path = tmp_path / "ex13_sin_gradient.ipynb"
    nbformat.write(notebook, path)
    subprocess.run([sys.executable, "-c", STOCK, str(path)], timeout=180, check=True, cwd=ROOT, capture_output=True)
    outputs = nbformat.read(path, as_version=4).cells[-1].outputs
    (output,) = [output for output in outputs if output.output_type == "display_data"]
    assert "✓ gradient_at(1.2, 3.4)" in output.data["text/plain"]
    assert "3/3" in output.data["text/plain"].splitlines()[0]
    assert "3 of 3 points" in output.data["text/html"]


@pytest.fixture(scope="module", params=["none", "6.29.5"])
def old_place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A Python whose kernels cannot be confined: as light as an install without `notebooks`, or as old as Colab's.

    Of an old ipykernel only its version is there, since nothing of it may be run.
    """
    folder = tmp_path_factory.mktemp("old")
    if request.param == "none":
        return environment(folder, [*BASE, "ipython"])
    python = environment(folder, [*BASE, "ipython", "nbclient"], without=["ipykernel"])
    (site,) = (folder / "lib").glob("python3*/site-packages")
    (site / "ipykernel").mkdir()
    (site / "ipykernel" / "__init__.py").write_text("raise ImportError('too old to be of use')\n")
    told = site / f"ipykernel-{request.param}.dist-info" / "METADATA"
    told.parent.mkdir()
    told.write_text(f"Metadata-Version: 2.1\nName: ipykernel\nVersion: {request.param}\n")
    return python


@pytest.mark.slow
def test_where_kernels_are_too_old_the_cells_are_graded_as_one_program(run: Run, old_place: str) -> None:
    once, again, _ = run(
        "%load_ext grader", *HONEST[:3], "1 / 0", "oops", GRADIENT_AT, "%grade ex13 --seed 7",
        "def gradient_at(x, y):\n    return 1.0, 2.0", "%grade --seed 7",
        ids=["a", "b", "c", "d", "e", "f", "f", "g", "h", "i"], python=old_place,
    )  # fmt: skip
    for shown in (once, again):
        assert AS_ONE_PROGRAM in text_of(shown["text/html"])
        assert AS_ONE_PROGRAM in " ".join(shown["text/plain"].split())
    assert "3/3" in once["text/plain"].splitlines()[0], "a cell that failed at last is left out"
    assert "3 of 3 points" in text_of(once["text/html"])
    assert "3/3" not in again["text/plain"].splitlines()[0]
    assert "gradient_at(1.2, 3.4) returned (1, 2)" in " ".join(again["text/plain"].split())

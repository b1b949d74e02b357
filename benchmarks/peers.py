"""nbgrader and otter-grader on ex13, as their own commands do it: processor seconds a submission.

Both ask what `single.PYTEST_FILE` asks. Each gets its own form of the same file: a notebook with the solution in one
cell and, for nbgrader, the tests in the cells after it; for otter an autograder zip. Neither confines anything: they
are run on the kit's own solution only.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from measure import children_cpu

STUDENTS = 5
TESTS = (
    "max(abs(a - b) for a, b in zip(gradient_at(1.2, 3.4), (1.48986, 0.262917))) < 1e-3",
    "all(abs(gradient_at(x, y)[0] - 2*x*y*math.cos(x*x*y)) < 1e-3 for x, y in [(random.uniform(-2, 2),) * 2])",
    "abs(gradient(lambda a, b: torch.sin(a) * b, 1.0, 2.0)[1] - math.sin(1.0)) < 1e-3",
)
SETUP = "import math, random, torch"


def measure(venv: Path, work: Path) -> dict[str, float]:
    """Peer → processor seconds a submission.

    Raises:
        SystemExit: if one of them does not grade the solution as right.
    """
    return {"nbgrader autograde": nbgrader(venv, work), "otter run": otter(venv, work)}


def nbgrader(venv: Path, work: Path) -> float:
    """nbgrader autograde over `STUDENTS` copies."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        cells = [cell("solution", "### BEGIN SOLUTION\n### END SOLUTION", solution=True)]
        cells += [cell(f"test{n}", f"{SETUP}\nassert {test}", points=1) for n, test in enumerate(TESTS)]
        write(root / "source/ps1/ex13.ipynb", cells)
        run = runner(venv, root)
        run("nbgrader", "generate_assignment", "ps1", "--create")
        released = json.loads((root / "release/ps1/ex13.ipynb").read_text())
        released["cells"][0]["source"] = work.read_text()
        for number in range(STUDENTS):
            target = root / f"submitted/student{number}/ps1/ex13.ipynb"
            target.parent.mkdir(parents=True)
            target.write_text(json.dumps(released))
        seconds = cpu(lambda: run("nbgrader", "autograde", "ps1"))
        run("nbgrader", "export")
        scores = [line.split(",")[-2] for line in (root / "grades.csv").read_text().splitlines()[1:]]
        check(len(scores) == STUDENTS and "3.0" in (root / "grades.csv").read_text(), "nbgrader", scores)
    return seconds / STUDENTS


def otter(venv: Path, work: Path) -> float:
    """otter run, once: it grades one submission a process."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        (root / "tests").mkdir()
        case = "\n".join(f">>> bool({test})\nTrue" for test in TESTS)
        suite = {"cases": [{"code": f">>> {SETUP}\n{case}", "hidden": False, "locked": False}], "scored": True}
        test = {"name": "q1", "points": 3, "suites": [{**suite, "setup": "", "teardown": "", "type": "doctest"}]}
        (root / "tests/q1.py").write_text(f"OK_FORMAT = True\ntest = {test!r}\n")
        write(root / "ex13.ipynb", [cell("solution", work.read_text())])
        run = runner(venv, root)
        run("otter", "generate", "-t", "tests", "-o", "autograder.zip", "--no-environment")
        seconds = cpu(lambda: run("otter", "run", "-a", "autograder.zip", "ex13.ipynb"))
        results = json.loads((root / "results.json").read_text())
        check(any(test.get("score") == 3 for test in results["tests"]), "otter", results)
    return seconds


def cell(id_: str, source: str, *, solution: bool = False, points: int = 0) -> dict[str, Any]:
    """A code cell with nbgrader's metadata, schema 3."""
    marks = {"grade": points > 0, "grade_id": id_, "locked": points > 0, "schema_version": 3, "solution": solution}
    marks |= {"points": points} if points else {}
    marks["task"] = False
    return {
        "cell_type": "code", "id": id_, "metadata": {"nbgrader": marks}, "source": source, "outputs": [],
        "execution_count": None,
    }  # fmt: skip


def write(path: Path, cells: list[dict[str, Any]]) -> None:
    """A notebook of these cells."""
    path.parent.mkdir(parents=True, exist_ok=True)
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    path.write_text(
        json.dumps({"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5})
    )


def runner(venv: Path, root: Path) -> Callable[..., None]:
    """Runs a command of the environment in the folder; ends everything with its words if it fails."""
    environment = {**os.environ, "PATH": f"{venv.resolve() / 'bin'}:{os.environ['PATH']}"}

    def run(*command: str) -> None:
        done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
        check(done.returncode == 0, command[0], done.stderr[-2000:] or done.stdout[-2000:])

    return run


def cpu(action: Callable[[], None]) -> float:
    """Processor seconds of the children that an action starts and waits for, kernels included."""
    before = children_cpu()
    action()
    return children_cpu() - before


def check(good: bool, peer: str, words: object) -> None:
    """End with the peer's own words if it did not do what it is measured for."""
    if not good:
        raise SystemExit(f"{peer} did not grade the solution: {words}")

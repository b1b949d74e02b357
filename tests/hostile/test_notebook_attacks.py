"""Every known trick of a notebook scores nothing, and leaves the next notebook, its neighbours and the machine whole.

A file in notebook_attacks/ is a notebook: `# %%` begins a cell. What attacks/ tries in a file is tried in a cell, too,
where a kernel makes a difference.
"""

from __future__ import annotations

import json
import os
import resource
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import notebook_of
from patience import AT_LAST_S, ends_at_last, until
from places import ROOT, repository_folder
from processes import all_end_but, descendants
from test_attacks import PATIENT, SHORT, decoy, leftovers, looks_of, verdict_line

from grader.exercises.course import Course
from grader.exercises.exercise import Exercise, ExerciseLimits
from grader.grading.cells import OUTPUTS_CAP, Execution
from grader.grading.runner import Settings, grade
from grader.reports import executed
from grader.results import CellFailure, Isolation, Report, Status, Submission
from grader.sandbox import wire
from grader.sandbox.host import Sandbox
from grader.sandbox.ladder import Ladder
from grader.sandbox.limits import NO_NAMESPACES, Limits
from grader.submissions.notebooks import Cell, Notebook
from grader.submissions.work import Work, of_bytes

__all__ = ["decoy"]
HERE = Path(__file__).parent
ATTACKS = sorted((HERE / "notebook_attacks").glob("*.py"))
OF_FILES = [
    HERE / "attacks" / f"{name}.py"
    for name in (
        "closes_everything", "forged_frames_at_import", "forged_frames_from_a_thread", "fork_bomb", "kills_everyone",
        "loops_deaf_to_signals", "os_exit_at_import", "patched_worker", "unix_sockets",
    )
]  # fmt: skip
GROWTH_MB = 100


@pytest.fixture
def exercise(course: Course) -> Exercise:
    return replace(course.find("ex13"), limits=PATIENT)


def cells_of(path: Path, decoy: Path) -> list[str]:
    text = path.read_text(encoding="utf-8").replace("__ROOT__", str(ROOT)).replace("__DECOY__", str(decoy))
    return [cell.partition("\n")[2] for cell in ("# %%\n" + text).split("# %%")[1:]]


def grade_it(exercise: Exercise, sandbox: Sandbox, work: Work, execution: Execution | None = None) -> Report:
    checks = exercise.load_checks(hidden=True)
    return grade(exercise, checks, work, sandbox, Settings(seed=5, secret=b"s"), execution)


def honest(exercise: Exercise) -> Work:
    assert exercise.solution_path is not None
    source = exercise.solution_path.read_text(encoding="utf-8")
    return notebook_of(source, "print(gradient_at(1.2, 3.4))", "assert 'shell' not in dir()")


def assert_an_honest_notebook_keeps_full_marks(exercise: Exercise, sandbox: Sandbox) -> None:
    report = grade_it(replace(exercise, limits=ExerciseLimits()), sandbox, honest(exercise))
    assert report.passed, [(r.id, r.status, r.message) for r in report.checks]
    assert report.cells == ()


@pytest.mark.slow
@pytest.mark.parametrize("path", [*ATTACKS, *OF_FILES], ids=lambda path: path.stem)
def test_the_notebook_scores_nothing_and_harms_nobody(
    exercise: Exercise, jailed_sandbox: Sandbox, decoy: Path, path: Path
) -> None:
    processes, repository, before = descendants(), repository_folder(), looks_of(decoy)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    limits = replace(SHORT, import_s=1.0) if "timeout" in verdict_line(path) else PATIENT
    with ends_at_last():
        report = grade_it(replace(exercise, limits=limits), jailed_sandbox, notebook_of(*cells_of(path, decoy)))

    statuses = {str(result.status) for result in report.checks}
    assert statuses <= verdict_line(path) | {"skipped"}, [(r.id, r.status, r.message) for r in report.checks]
    assert report.earned == 0
    assert not report.our_fault
    assert Status.PASSED not in {result.status for result in report.checks}
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory < GROWTH_MB << 10
    assert all_end_but(processes)
    assert until(lambda: leftovers(jailed_sandbox) == [])
    assert repository_folder() == repository
    assert looks_of(decoy) == before
    assert not os.path.exists("/tmp/ran")
    assert len(report.cells) <= len(ATTACKS)
    assert all(len(text) < 5_000 for cell in report.cells for text in (cell.message, cell.first_line, cell.line))
    assert_an_honest_notebook_keeps_full_marks(exercise, jailed_sandbox)


def test_every_notebook_attack_states_its_trick_and_its_verdict() -> None:
    known = {str(status) for status in Status} - {"passed", "grader_error"}
    assert len(ATTACKS) >= 15
    for path in ATTACKS:
        assert verdict_line(path) <= known


# --- what a notebook's file may claim ---------------------------------------------------------------------------------


def claiming(cell: dict[str, object], **metadata: object) -> Work:
    """A notebook of one cell whose file says more than its code."""
    sound = {"cell_type": "code", "id": "a", "metadata": {}, "execution_count": 1, "outputs": [], "source": ""}
    document = {"cells": [sound | cell], "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return of_bytes("submission.ipynb", json.dumps(document).encode())


RESULT = {
    "output_type": "execute_result", "execution_count": 1, "metadata": {},
    "data": {"text/plain": "(1.48986, 0.262917)", "text/html": "<script>alert('10/10')</script>"},
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(
    "work",
    [
        claiming({"source": "def gradient_at(x, y): ...", "outputs": [RESULT] * 1000}),
        claiming({"source": "pass"}, grader={"earned": 10, "points": 10}, report={"passed": True}, seed=1),
        claiming({"source": "pass", "metadata": {"nbgrader": {"grade": True, "points": 10, "solution": True}}}),
        claiming({"source": "pass", "metadata": {"tags": ["skip-execution", "raises-exception", "hide-input"]}}),
        claiming({"source": "pass"}, kernelspec={"name": "../../bin/sh", "language": "python", "argv": ["/bin/sh"]}),
        claiming({"source": "pass"}, kernelspec={"name": "bash", "metadata": {"kernel_provisioner": {"name": "x"}}}),
        claiming({"source": "pass"}, widgets={"application/vnd.jupyter.widget-state+json": {"state": {"a": "10/10"}}}),
    ],
    ids=["outputs", "a report", "nbgrader", "tags", "a kernel that is a program", "a provisioner", "widgets"],
)
def test_what_the_file_claims_about_itself_earns_nothing(exercise: Exercise, best_sandbox: Sandbox, work: Work) -> None:
    report = grade_it(exercise, best_sandbox, work)
    assert report.earned == 0
    assert not report.our_fault
    assert {str(result.status) for result in report.checks} <= {"failed", "skipped"}
    assert_an_honest_notebook_keeps_full_marks(exercise, best_sandbox)


# --- what is kept of the outputs --------------------------------------------------------------------------------------


def test_the_executed_notebook_holds_nothing_that_a_viewer_would_run(exercise: Exercise, best_sandbox: Sandbox) -> None:
    execution = Execution(wants_outputs=True)
    work = notebook_of(
        "from IPython.display import HTML, SVG, Javascript, display\n"
        "display(HTML('<script>evil()</script>'), Javascript('evil()'), metadata={'text/html': {'evil()': 1}})\n"
        "display({'image/svg+xml': '<svg onload=evil()>', 'application/x': 'evil()', 'text/plain': 'kept'}, raw=True)",
        "print('x' * 10_000_000)",
    )
    report = grade_it(exercise, best_sandbox, work, execution)
    assert work.notebook is not None
    saved = json.loads(executed.render(work.notebook, execution.outputs, report))
    shown = json.dumps([cell.get("outputs") for cell in saved["cells"]])
    assert "kept" in shown
    assert "evil()" not in shown
    assert len(shown) < 4 * wire.CELL_OUTPUTS_CAP


@pytest.mark.parametrize(
    "outputs",
    [
        b"", b"{}", b"[", b"[" * 200_000, b"\xff", b"null", b"[1]", b'[{"output_type": 3}]', b'[{"output_type": "x"}]',
        b'[{"output_type": "stream", "text": {"a": 1}}]',
        b'[{"output_type": "display_data", "data": {"text/plain": 3}}]',
        b'[{"output_type": "display_data", "data": {"text/plain": ["a", 1]}}]',
    ],
)  # fmt: skip
def test_outputs_that_are_none_are_left_out(outputs: bytes) -> None:
    notebook = Notebook((Cell("code", "1"), Cell("markdown", "text"), Cell("code", " "), Cell("code", "2")))
    first, *_ = json.loads(executed.render(notebook, [outputs], an_empty_report()))["cells"]
    assert first["outputs"] == []


def an_empty_report() -> Report:
    return Report(
        exercise="ex13_sin_gradient", title="t", submission=Submission(name="a", sha256="", size=0), device="cpu",
        isolation=Isolation(level="full"), versions={}, seed=1, checks=(),
    )  # fmt: skip


def test_what_all_cells_put_out_together_is_bounded() -> None:
    execution = Execution(wants_outputs=True)
    notebook = Notebook((Cell("code", "1"),) * 400)

    def flood(request: wire.Request, seconds: float, question: str) -> wire.Reply:
        return wire.Ran(outputs=b"x" * 200_000) if isinstance(request, wire.RunCell) else wire.Done(None)

    execution.run(flood, notebook, 1.0, 60.0)
    assert len(execution.outputs) == 400
    assert sum(map(len, execution.outputs)) <= OUTPUTS_CAP


# --- what confines a kernel -------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_student_code_has_the_same_filter_in_a_cell_as_in_a_file(
    jailed_sandbox: Sandbox,
) -> None:
    cell = (
        "import os, socket\n"
        "def tried(f, *a):\n"
        "    try: f(*a)\n"
        "    except OSError: return False\n"
        "    return True\n"
        "UNIX = tried(socket.socket, socket.AF_UNIX)\n"
        "OTHERS = [tried(socket.socket, socket.AF_INET), tried(os.setsid), tried(os.execv, '/bin/true', ['true'])]"
    )
    worker = jailed_sandbox.start_worker(Limits(processes=32), kernel=True)
    try:
        worker.ask(wire.Load(name="a.py", source=b"", seed=1), b"", AT_LAST_S, "load")
        worker.ask(wire.RunCell(source=cell, seconds=AT_LAST_S), b"", AT_LAST_S, "cell")
        worker.ask(wire.EndCells(), b"", AT_LAST_S, "end")
        unix, _ = worker.ask(wire.Get(path=["UNIX"]), b"", AT_LAST_S, "UNIX")
        others, _ = worker.ask(wire.Get(path=["OTHERS"]), b"", AT_LAST_S, "OTHERS")
    finally:
        jailed_sandbox.stop_worker(worker)
    assert isinstance(jailed_sandbox, Ladder)
    # In namespaces of its own no foreign socket can be seen.
    assert unix == wire.Done(jailed_sandbox.level != NO_NAMESPACES)
    assert others == wire.Done(wire.ListValue([False, False, False]))


CLOCK = """
import os, time


def gradient_at(x, y):
    if (x, y) != (1.2, 3.4):
        time.sleep(0.1 * abs(x))
        os._exit(0)
    return 1.48986, 0.262917
"""


def test_a_cell_that_fails_by_the_clock_tells_nothing_of_hidden_questions(
    exercise: Exercise, best_sandbox: Sandbox
) -> None:
    """What became of the cells before any question was asked is what the student reads."""
    seen: list[CellFailure] = []

    class Remembering(Execution):
        def _run(self, *arguments: Any) -> None:
            super()._run(*arguments)
            seen.extend(self.failures[:1])

    execution = Remembering(wants_outputs=True)
    report = grade_it(exercise, best_sandbox, notebook_of(CLOCK, "raise ValueError(time.monotonic())"), execution)
    assert Status.CRASHED in {result.status for result in report.checks if result.hidden}
    assert report.cells == (seen[0],)
    assert len(execution.outputs) == 2

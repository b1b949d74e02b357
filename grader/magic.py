"""Inside a live notebook: `%load_ext grader`, then `%grade ex13` grades the cells that have been run so far.

The cells are executed again, in order, in a sandbox of their own, and the public checks are asked: the notebook's own
kernel shares no process with a check, and nothing in it changes.
"""

from __future__ import annotations

import atexit
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from grader.errors import GraderError, UsageError
from grader.exercises.course import find_course
from grader.grading.desk import Desk
from grader.reports import cell as cell_report
from grader.reports import terminal
from grader.results import Report
from grader.sandbox.facts import Cell
from grader.sandbox.ladder import Ladder
from grader.submissions.notebooks import Notebook
from grader.submissions.work import Work, of_code

if TYPE_CHECKING:
    from IPython.core.interactiveshell import ExecutionResult, InteractiveShell

NAME = "this notebook"
_USAGE = "Say which exercise to grade, for example: %grade ex13 (or, to replay a report: %grade ex13 --seed 1234)"


@dataclass(frozen=True)
class _Run:
    """One execution of a cell, as far as it was watched."""

    cell_id: str | None
    failed: bool


class Live:
    """Watches one shell from `%load_ext grader` on, and grades what it has run."""

    def __init__(self, shell: InteractiveShell) -> None:
        self._shell = shell
        self._before = len(self._sources())
        """In [n] up to which cells were run unwatched; the one that loads this is among them."""
        self._runs: dict[int, _Run] = {}
        self._sandbox: Ladder | None = None

    def watch(self, result: ExecutionResult) -> None:
        """Take note of a cell that has just been run."""
        number = result.execution_count
        if isinstance(number, int) and result.info is not None:
            self._runs[number] = _Run(getattr(result.info, "cell_id", None), not result.success)

    def notebook(self) -> Notebook:
        """The cells run so far, In [1] first. Attempts that failed and were made again are left out."""
        cells = []
        for number, source in enumerate(self._sources(), 1):
            run = self._runs.get(number)
            again = run is not None and any(
                number < later and run.cell_id is not None and run.cell_id == other.cell_id
                for later, other in self._runs.items()
            )
            # A cell takes its place even if it is left out: numbers are In [number].
            cells.append(Cell("code", "pass" if not source.strip() or (run and run.failed and again) else source))
        return Notebook(tuple(cells))

    def grade(self, line: str) -> None:
        """The magic: grade and show the report below the cell."""
        from IPython.display import display

        try:
            report = self._grade(line)
        except (GraderError, OSError) as error:
            display({"text/plain": f"grade: {error}"}, raw=True)
            return
        plain = terminal.as_text(terminal.render(report), cell_report.WIDTH)
        display({"text/html": cell_report.render(report), "text/plain": plain}, raw=True)

    def close(self) -> None:
        """Let go of the sandbox."""
        if self._sandbox is not None:
            self._sandbox.close()

    def _grade(self, line: str) -> Report:
        name, seed = _arguments(line)
        exercise = find_course().find(name)
        desk = Desk([exercise], hidden=False, seed=seed)
        sandbox = self._sandbox_for(desk)
        sandbox.settle()
        report = desk.grade(exercise, self._work(), sandbox, device=desk.device_for(exercise, sandbox))
        # An attempt before the grader was loaded may have been made again since; nobody can tell.
        watched = tuple(failure for failure in report.cells if failure.number > self._before)
        return msgspec.structs.replace(report, cells=watched)

    def _work(self) -> Work:
        return of_code(NAME, self.notebook().cells)

    def _sandbox_for(self, desk: Desk) -> Ladder:
        """The same one from cell to cell: the first takes as long as importing torch does."""
        if self._sandbox is None:
            self._sandbox = desk.open_sandbox(notebooks=True)
            atexit.register(self.close)
        return self._sandbox

    def _sources(self) -> list[str]:
        history: list[str] = self._shell.history_manager.input_hist_raw  # type: ignore[union-attr]
        return history[1:]


def load(shell: InteractiveShell) -> None:
    """Make `%grade` known to a shell, once."""
    if "grade" in shell.magics_manager.magics["line"]:
        return
    live = Live(shell)
    shell.events.register("post_run_cell", live.watch)
    shell.magics_manager.register_function(live.grade, "line", "grade")


def _arguments(line: str) -> tuple[str, int | None]:
    """The exercise that is meant, and the seed if one is.

    Raises:
        UsageError: if the line says something else.
    """
    match line.split():
        case [name]:
            return name, None
        case [name, "--seed", seed] if seed.isdecimal() and int(seed) < 2**31:
            return name, int(seed)
        case _:
            raise UsageError(_USAGE)

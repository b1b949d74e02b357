"""Inside a live notebook: `%load_ext grader`, then `%grade ex13` grades the cells that have been run so far.

`%grade hint` gives a hint, `%grade show` the statement; `--format plain` says everything in words.

The cells are executed again, in order, in a sandbox of their own, and the public checks are asked: the notebook's own
kernel shares no process with a check, and nothing in it changes.
"""

from __future__ import annotations

import atexit
import difflib
import importlib.metadata
import shlex
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from grader.commands.hint import next_hint
from grader.commands.options import Style
from grader.errors import GraderError, NoSuchExercise, UsageError
from grader.exercises.course import Course, find_course
from grader.exercises.exercise import Exercise
from grader.grading.examiner import Examiner
from grader.reports import cell as cell_report
from grader.reports import plain
from grader.results import Report
from grader.sandbox import extras
from grader.sandbox.facts import Cell
from grader.sandbox.ladder import Ladder
from grader.submissions import progress
from grader.submissions.notebooks import Notebook
from grader.submissions.twins import statement
from grader.submissions.work import Work, of_code

if TYPE_CHECKING:
    from IPython.core.interactiveshell import ExecutionResult, InteractiveShell

NAME = "this notebook"
KERNEL_FROM: Final = 7
"""The oldest ipykernel, by its first number, that the sandbox runs a notebook with; Colab's is older."""
AS_ONE_PROGRAM: Final = (
    "Your cells were graded as one program, in their order: this machine lacks ipykernel 7 or nbclient."
)
_ACTIONS: Final = ("hint", "show")
"""What a line may ask for beside a verdict."""
_USAGE: Final = (
    "Say which exercise to grade, for example: %grade ex13. Also: %grade hint, %grade show, "
    "%grade ex13 --format plain, --seed 1234, --course FOLDER."
)


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
        self._last = ""
        """The exercise that was meant last."""

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
        """The magic: do what the line asks for, and show it below the cell."""
        from IPython.display import display

        try:
            asked = _asked(line)
            course = find_course(asked.course)
            if not (wanted := asked.exercise or self._last):
                raise UsageError(_USAGE)
            exercise = _find(course, wanted)
            self._last = exercise.label
            shown = self._shown(asked, course, exercise)
        except (GraderError, ModuleNotFoundError, OSError) as error:
            lack = extras.lack_of_module(error.name) if isinstance(error, ModuleNotFoundError) else ""
            display({"text/plain": f"grade: {lack or error}"}, raw=True)
            return
        display(shown, raw=True)
        live = getattr(self._shell, "kernel", None) is not None  # and not IPython in a terminal
        if live and asked.action == "grade" and not asked.plain and _is_open(course, exercise):
            offer_hints(lambda: next_hint(course, exercise, Style.PLAIN)[1])

    def _shown(self, asked: Asked, course: Course, exercise: Exercise) -> dict[str, str]:
        """What is to be seen, by its MIME type."""
        if asked.action == "hint":
            text = next_hint(course, exercise, Style.PLAIN)[1].replace("grade hint", f"{cell_report.ASK} hint")
            return {"text/plain": text} if asked.plain else {"text/html": cell_report.hint(text), "text/plain": text}
        if asked.action == "show":
            text = statement(exercise)
            return {"text/plain": text} if asked.plain else {"text/markdown": text, "text/plain": text}
        report = self._grade(asked, exercise)
        progress.remember(course.root, report, Path.cwd() / NAME)
        if asked.plain:
            return {"text/plain": plain.report(report, cell_report.ASK)}
        return {"text/html": cell_report.render(report), "text/plain": cell_report.as_text(report)}

    def close(self) -> None:
        """Let go of the sandbox."""
        if self._sandbox is not None:
            self._sandbox.close()

    def _grade(self, asked: Asked, exercise: Exercise) -> Report:
        if exercise.lack:
            raise UsageError(exercise.lack)
        examiner = Examiner([exercise], hidden=False, seed=asked.seed)
        as_cells = runs_kernels()
        sandbox = self._sandbox_for(examiner, as_cells)
        sandbox.settle()
        work = self._work() if as_cells else self._program()
        report = examiner.grade(exercise, work, sandbox, device=examiner.device_for(exercise, sandbox))
        # An attempt before the grader was loaded may have been made again since; nobody can tell.
        watched = tuple(failure for failure in report.cells if failure.number > self._before)
        notes = report.notes if as_cells else (AS_ONE_PROGRAM, *report.notes)
        return msgspec.structs.replace(report, cells=watched, notes=notes)

    def _work(self) -> Work:
        return of_code(NAME, self.notebook().cells)

    def _program(self) -> Work:
        """The cells as one file, without those whose last attempt failed: one of them would end all of it."""
        sources = [
            "pass" if (run := self._runs.get(number)) and run.failed else cell.source
            for number, cell in enumerate(self.notebook().all_cells, 1)
        ]
        return replace(of_code(NAME, sources), name=f"{NAME}.py", notebook=None)

    def _sandbox_for(self, examiner: Examiner, notebooks: bool) -> Ladder:
        """The same one from cell to cell: the first takes as long as importing torch does."""
        if self._sandbox is None:
            self._sandbox = examiner.open_sandbox(notebooks=notebooks)
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


@dataclass(frozen=True)
class Asked:
    """What a line asks for: to grade, a hint, or to show the statement."""

    action: str = "grade"
    exercise: str = ""
    seed: int | None = None
    plain: bool = False
    course: Path | None = None


def _find(course: Course, wanted: str) -> Exercise:
    """The exercise that is meant.

    Raises:
        UsageError: if there is none; it may be a word of the magic that is meant.
    """
    try:
        return course.find(wanted)
    except NoSuchExercise:
        if near := difflib.get_close_matches(wanted, _ACTIONS, 1):
            sentence = f"There is no exercise {wanted!r}. Did you mean: {cell_report.ASK} {near[0]}?"
            raise UsageError(sentence) from None
        raise


def _asked(line: str) -> Asked:
    """What a line of `%grade` means.

    Raises:
        UsageError: if it means nothing.
    """
    try:
        words = shlex.split(line)
    except ValueError:
        raise UsageError(_USAGE) from None
    action = words.pop(0) if words and words[0] in _ACTIONS else "grade"
    found: dict[str, Any] = {}
    while words:
        match words:
            case ["--seed", seed, *rest] if seed.isdecimal() and int(seed) < 2**31:
                found["seed"] = int(seed)
            case ["--format", ("plain" | "terminal") as form, *rest]:
                found["plain"] = form == "plain"
            case ["--course", folder, *rest]:
                found["course"] = Path(folder)
            case [name, *rest] if not name.startswith("-") and "exercise" not in found:
                found["exercise"] = name
            case _:
                raise UsageError(_USAGE)
        words = rest
    return Asked(action, **found)


def runs_kernels() -> bool:
    """Whether what is installed can execute a notebook's cells in the sandbox."""
    if extras.missing(extras.NOTEBOOKS):
        return False
    return int(importlib.metadata.version("ipykernel").partition(".")[0]) >= KERNEL_FROM


def _is_open(course: Course, exercise: Exercise) -> bool:
    """Whether the last report of an exercise leaves something that there are hints for."""
    last = progress.load(course.root).get(exercise.id)
    return bool(exercise.hints and last and not last.passed)


def offer_hints(ask: Callable[[], str]) -> None:
    """A button below the report that shows the next hint, where ipywidgets is installed; else nothing."""
    try:
        import ipywidgets  # type: ignore[import-untyped]
        from IPython.display import display
    except ImportError:
        return
    button, place = ipywidgets.Button(description="Next hint"), ipywidgets.HTML()

    def show(_: object) -> None:
        try:
            text = ask()
        except UsageError as error:
            text = str(error)
        place.value = cell_report.hint(text.replace("grade hint", f"{cell_report.ASK} hint"))

    button.on_click(show)
    display(ipywidgets.VBox([button, place]))

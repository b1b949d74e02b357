"""Executes a notebook's cells, one by one, in the worker's kernel, and writes down which of them failed."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from grader.checks.compare import cut
from grader.errors import CheckFailed, SandboxUnavailable, StudentRaised, WorkerTimeout
from grader.grading.verdicts import verdict_of
from grader.results import CellFailure, Status
from grader.sandbox import wire
from grader.submissions.notebooks import Notebook, first_line

Ask = Callable[[wire.Request, float, str], wire.Reply]
"""Sends a request to the worker and waits so many seconds; the str is the request in the student's words."""

Spent = Callable[[], float]
"""Processor time of the kernel so far, s."""

IDLE_S: Final = 0.2
"""Of processor time: whoever computes for as long as a cell may take has used far more; a kernel that waits, less."""
KERNEL_START_S: Final = 60.0
"""No student code runs before: a kernel that takes longer is our fault."""
KERNEL_END_S: Final = 10.0
END: Final = "the end of the notebook"
GRACE_S: Final = 2.0
"""For a cell that was interrupted to end by itself, before its worker is killed."""
OUTPUTS_CAP: Final = 16 << 20
"""Bytes of a whole notebook's outputs."""
_LINE_SHOWN: Final = 60


class Idle(Exception):
    """A cell gave no answer in its time, and its kernel computed nothing meanwhile; `cell` is its number."""

    def __init__(self, cell: int, fault: WorkerTimeout) -> None:
        super().__init__(str(fault))
        self.cell, self.fault = cell, fault


@dataclass
class Execution:
    """What became of a notebook's cells. `outputs`, if wanted, holds each code cell's as JSON, as the worker says.

    In a worker that replaces another one the cells run again. What became of them the first time is kept: students see
    it, and code that reads a clock could later tell of hidden questions that were asked meanwhile.
    """

    wants_outputs: bool = False
    failures: list[CellFailure] = field(default_factory=list)
    outputs: list[bytes] = field(default_factory=list)
    _begun: bool = field(default=False, init=False)
    _waits: int | None = field(default=None, init=False)
    _waited: bool = field(default=False, init=False)

    def anew(self) -> None:
        """Forget everything: the notebook is executed once more, as if for the first time."""
        self.failures.clear()
        self.outputs.clear()
        self._begun = False

    def run(
        self,
        ask: Ask,
        notebook: Notebook,
        cell_s: float,
        notebook_s: float,
        spent: Spent | None = None,
        waits: int | None = None,
    ) -> None:
        """Execute every cell; one that fails does not keep the later ones from running.

        Args:
            ask: reaches the worker.
            notebook: whose cells to execute.
            cell_s: seconds that one cell may take.
            notebook_s: seconds that all of them may take together.
            spent: tells whether a cell that gave no answer was idle; without it that is no matter.
            waits: the number of a cell that has hung idle in another kernel: if it does so again, it waits for
                something, and that is the student's; so may later ones.

        Raises:
            Idle: if a cell has hung without computing anything, and nothing says that it is the cell's own doing.
            StudentFault: if a cell took the kernel with it, or cannot be stopped.
        """
        kept = Execution(self.wants_outputs) if self._begun else self
        self._begun = True
        kept._waits = waits
        kept._run(ask, notebook, cell_s, notebook_s, spent or _busy)

    def _run(self, ask: Ask, notebook: Notebook, cell_s: float, notebook_s: float, spent: Spent) -> None:
        deadline = time.monotonic() + notebook_s
        for number, source in enumerate(notebook.cells, 1):
            left = deadline - time.monotonic()
            if left <= 0:
                words = f"The notebook's {notebook_s:.3g} s were used up, so neither this cell nor a later one ran."
                self.failures.append(_failure(number, source, Status.TIMEOUT, words))
                break
            self._run_cell(ask, number, source, min(cell_s, left), spent)
        if not isinstance(ask(wire.EndCells(), KERNEL_END_S, END), wire.Done):
            raise CheckFailed("Your notebook's kernel spoke out of turn.")
        # From here on the kernel itself answers; a name that every namespace has, to see that it does.
        ask(wire.Get(path=["__name__"]), KERNEL_END_S, END)

    def _run_cell(self, ask: Ask, number: int, source: str, seconds: float, spent: Spent) -> None:
        question = f"cell {number} ({_first_line(source)})"
        request = wire.RunCell(source=source, seconds=seconds, outputs=self.wants_outputs)
        before = spent()
        try:
            reply = ask(request, seconds + GRACE_S, question)
        except WorkerTimeout:
            timeout = WorkerTimeout(seconds, question)
            if spent() - before < IDLE_S and not self._is_known_to_wait(number):
                raise Idle(number, timeout) from None
            raise timeout from None
        if not isinstance(reply, wire.Ran):
            raise CheckFailed(f"{question} gave an answer that the grader cannot read: it is out of turn.")
        if reply.interrupted and spent() - before < IDLE_S and not self._is_known_to_wait(number):
            raise Idle(number, WorkerTimeout(seconds, question))
        kept = sum(map(len, self.outputs)) + len(reply.outputs) <= OUTPUTS_CAP
        self.outputs.append(reply.outputs if self.wants_outputs and kept else b"")
        if reply.interrupted:
            verdict = verdict_of(WorkerTimeout(seconds, f"Cell {number}"), {})
        elif reply.raised is not None:
            verdict = verdict_of(StudentRaised(reply.raised, f"Cell {number}"), {})
        else:
            return
        self.failures.append(
            _failure(number, source, verdict.status, verdict.message, verdict.mistake, verdict.evidence.get("line", ""))
        )

    def _is_known_to_wait(self, number: int) -> bool:
        self._waited = self._waited or number == self._waits
        return self._waited

    def failed_definition(self, notebook: Notebook, name: str) -> int | None:
        """The number of the failed cell that would have defined `name`."""
        # Within a line: a run of empty ones would be gone through again from each of them.
        definition = re.compile(
            rf"^[ \t]*((async[ \t]+)?def|class)[ \t]+{re.escape(name)}\b|^{re.escape(name)}[ \t]*(:[^=\n]+)?=", re.M
        )
        for failure in self.failures:
            if definition.search(notebook.cells[failure.number - 1]):
                return failure.number
        return None


def _busy() -> float:
    """Nobody knows: the difference of two infinities is nan, which is not less than anything."""
    return math.inf


def check_started(reply: wire.Reply) -> None:
    """Before the first cell nothing of the student's has run.

    Raises:
        SandboxUnavailable: if the kernel did not come up.
    """
    if reply != wire.Done(None):
        raise SandboxUnavailable("A notebook's kernel did not start.")


def _failure(
    number: int, source: str, status: Status, message: str, mistake: str | None = None, line: str = ""
) -> CellFailure:
    return CellFailure(
        number=number, first_line=_first_line(source), status=status, message=message, mistake=mistake, line=line
    )


def _first_line(source: str) -> str:
    return cut(first_line(source), _LINE_SHOWN)

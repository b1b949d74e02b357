"""The line from a check to one worker: a question goes out, its reply comes back as evidence or as a fault."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Protocol

from grader.checks import evidence
from grader.checks.compare import cut
from grader.checks.evidence import Enclosures
from grader.errors import CheckFailed, StudentRaised
from grader.sandbox import wire


class Conversation(Protocol):
    """Whoever is at the other end: one worker after another, under the current check's deadline."""

    def ask(
        self, request: wire.Request, blob: bytes, question: str, files: Sequence[int] = (), seconds: float | None = None
    ) -> tuple[wire.Reply, bytes]:
        """The reply to a request and its tensors. `seconds`: a closer deadline, of this question alone."""

    def restart(self) -> None:
        """Put a fresh worker at the other end."""

    def elsewhere(self) -> Conversation:
        """One with a worker that has never met the submission."""


class Line:
    """Turns questions into requests and replies into evidence."""

    def __init__(self, conversation: Conversation, seconds: float | None = None) -> None:
        self._conversation = conversation
        self._seconds = seconds

    def within(self, seconds: float) -> Line:
        """The same line, where each question may take so long."""
        return Line(self._conversation, seconds)

    def restart(self) -> None:
        """Put a fresh worker at its other end."""
        self._conversation.restart()

    def elsewhere(self) -> Line:
        """A line to a worker that has never met the submission."""
        return Line(self._conversation.elsewhere())

    def value(self, request: wire.Request, arrays: Enclosures, question: str) -> Any:
        """The decoded answer.

        Raises:
            CheckFailed: if there is nothing by that name, or the answer cannot cross.
            StudentRaised: if the student's code raised.
            WorkerTimeout, WorkerCrashed: as they happen.
        """
        files = evidence.files_of(arrays)
        blob_sent = evidence.blob_of(arrays)
        reply, blob = self._conversation.ask(request, blob_sent, question, files, self._seconds)
        match reply:
            case wire.Done(value):
                try:
                    return evidence.decode(value, blob)
                except wire.WireError as error:
                    raise CheckFailed(f"{question} gave an answer that the grader cannot read: {error}.") from None
            case wire.Raised():
                raise StudentRaised(reply, question)
            case wire.Missing():
                raise CheckFailed(
                    f"Your file has no {cut(reply.name)}.", mistake=_out_of_reach(reply) or _suggestion(reply.close)
                )
            case wire.Untransferable(reason):
                raise CheckFailed(f"{question} gave an answer that the grader cannot read: {reason}.")
            case _:
                raise CheckFailed(f"{question} gave an answer that the grader cannot read: it is out of turn.")


_PLACES: Final = {
    "class": "It stands inside a class{line}: move it to the left margin, out of the class.",
    "function": "It stands inside another function{line}: move it to the left margin.",
    "guard": "It stands under `if __name__ == ...:`{line}, which does not run while your work is graded: move it out.",
    "block": "It stands in a block that did not run{line}: move it to the left margin.",
}


def _out_of_reach(missing: wire.Missing) -> str | None:
    place = _PLACES.get(missing.inside)
    return place and place.format(line=f" (line {missing.line})" if missing.line > 0 else "")


def _suggestion(close: list[str]) -> str | None:
    return (
        f"It has {' and '.join(cut(name, 60) for name in close[:2])}: is that the one, under another name?"
        if close
        else None
    )

"""The line from a check to one worker: a question goes out, its reply comes back as evidence or as a fault."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Protocol

from grader.checks import evidence
from grader.checks.compare import cut
from grader.checks.evidence import ArrayFile, Enclosures
from grader.checks.forms import form_in, held_against
from grader.checks.origin import Ledger, Origin
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
    """Turns questions into requests and replies into evidence: the one place where they do.

    Args:
        conversation: the other end.
        seconds: how long each question may take; None: what is left of the check's time.
        ledger: where witnessed facts are noted that a check looks at; None where there are none, since none of the
            student's code runs at the other end.
        forms: the types of helpers' answers, by name.
    """

    def __init__(
        self,
        conversation: Conversation,
        seconds: float | None = None,
        ledger: Ledger | None = None,
        forms: Callable[[], Mapping[str, Any]] = dict,
    ) -> None:
        self._conversation = conversation
        self._seconds = seconds
        self.ledger = ledger
        self._forms = forms

    def within(self, seconds: float) -> Line:
        """The same line, where each question may take so long."""
        return Line(self._conversation, seconds, self.ledger, self._forms)

    def restart(self) -> None:
        """Put a fresh worker at its other end."""
        self._conversation.restart()

    def elsewhere(self) -> Line:
        """A line to a worker that has never met the submission."""
        return Line(self._conversation.elsewhere(), None, None, self._forms)

    def formed(
        self, request: wire.Request, arrays: Enclosures, question: str, form: Any, origin: Origin = Origin.COMPUTED
    ) -> Any:
        """The decoded answer, of this form. Raises like `value`, and CheckFailed if it has another form.

        Args:
            request, arrays, question, origin: as `value` takes them.
            form: its type; the name of a helper for the one that its definition says.
        """
        value = self.value(request, arrays, question, origin)
        try:
            return held_against(value, form_in(self._forms, form) if isinstance(form, str) else form)
        except ValueError:
            raise unreadable(question) from None

    def value(self, request: wire.Request, arrays: Enclosures, question: str, origin: Origin = Origin.COMPUTED) -> Any:
        """The decoded answer.

        Args:
            request, arrays: what is asked, and the arrays that go with it.
            question: the request in the student's words.
            origin: who vouches for the answer.

        Raises:
            CheckFailed: if there is nothing by that name, or the answer cannot cross.
            StudentRaised: if the student's code raised.
            WorkerTimeout, WorkerCrashed: as they happen.
        """
        if self.ledger is None:
            return self._ask(request, arrays, question)
        if self.ledger.strict:
            self.ledger.sent(array for array in arrays.values() if not isinstance(array, ArrayFile))
        return self.ledger.heard(_key(request), origin, lambda: self._ask(request, arrays, question))

    def _ask(self, request: wire.Request, arrays: Enclosures, question: str) -> Any:
        files = evidence.files_of(arrays)
        blob_sent = evidence.blob_of(arrays)
        reply, blob = self._conversation.ask(request, blob_sent, question, files, self._seconds)
        match reply:
            case wire.Done(value):
                try:
                    return evidence.decode(value, blob, self.ledger)
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


def _key(request: wire.Request) -> str:
    path = [str(step) for step in getattr(request, "path", ())]
    return " ".join([type(request).__name__, *path])


def unreadable(question: str) -> CheckFailed:
    """The failure for a reply that is data, but not of the form that the question asks for."""
    return CheckFailed(f"{question} gave an answer that the grader cannot read: it has the wrong form.")


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

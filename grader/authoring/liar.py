"""The oracle liar: what would a file earn in a worker that lies as well as anybody could?

The reference solution is graded once, and all that its worker says is kept. Then a file that must fail is graded under
the same seed: what its own functions compute is its own, but all that is witnessed, such as flags, classes and what
helpers say, is what the reference's worker said at the same place. So it is a forger who knows our code perfectly, and
cannot do the work. A check of kind R that fails the honest file must fail the liar, too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from grader.checks.check import Check
from grader.checks.evidence import Tensor, Thing
from grader.checks.origin import RANKS, Ledger, Origin, unnoted
from grader.errors import CheckFailed, StudentRaised

_NOTHING: Final = object()
Said = dict[tuple[str, str, int], Any]
"""(check, what was asked, how many times before) → what the worker said."""


class Reference:
    """The reference solution's run: its answers, and for each check what it looked at. One run fills it."""

    def __init__(self) -> None:
        self.said: Said = {}
        self.ledgers: dict[str, Ledger] = {}

    def overseer(self, check: Check) -> Ledger:
        """A ledger that keeps what is said."""
        self.ledgers[check.id] = _Keeping(check.id, self.said)
        return self.ledgers[check.id]

    def liar(self, check: Check) -> Ledger:
        """A ledger under which a check hears the reference's witnesses."""
        return _Lying(check.id, self.said)

    def overdeclared(self, check: Check) -> str:
        """Why a check's kind is better than what it rests on allows; "" if it is not, or was not asked."""
        ledger = self.ledgers.get(check.id)
        if ledger is None or RANKS[check.kind] <= RANKS[ledger.kind]:
            return ""
        rests = "the source" if ledger.kind == "S" else ", ".join(ledger.witnessed)
        return f'{check.id} rests on {rests}: declare it kind="{ledger.kind}", or let computed answers bear it'


class _Counting(Ledger):
    def __init__(self, check_id: str, said: Said) -> None:
        super().__init__(strict=True)
        self._check, self._said, self._asked = check_id, said, Counter[str]()

    def _place(self, key: str) -> tuple[str, str, int]:
        self._asked[key] += 1
        return self._check, key, self._asked[key]


class _Keeping(_Counting):
    def heard(self, key: str, origin: Origin, answer: Callable[[], Any]) -> Any:
        place = self._place(key)
        self._said[place] = value = answer()
        return value


class _Lying(_Counting):
    def heard(self, key: str, origin: Origin, answer: Callable[[], Any]) -> Any:
        reference = self._said.get(self._place(key), _NOTHING)
        if reference is _NOTHING:
            return answer()
        if origin is Origin.COMPUTED:
            return as_computed(answer(), reference)
        try:
            own = answer()
        except (StudentRaised, CheckFailed):
            own = _NOTHING  # what breaks a helper does not break a liar
        return _own_handles(reference, own)


def as_computed(own: Any, reference: Any) -> Any:
    """A file's own answer, with the flags and classes that the reference's answer has at the same place."""
    match own, reference:
        case Tensor(), Tensor():
            flags = {name: unnoted(reference, name) for name in ("requires_grad", "device")}
            return Tensor(own.array, own.dtype, **flags, is_array=own.is_array, meta=own.meta, ledger=own.ledger)
        case Tensor(), _:
            # The reference has no tensor here, so nothing is known of its flags: a liar's are the most innocent.
            return Tensor(own.array, own.dtype, is_array=own.is_array, meta=own.meta, ledger=own.ledger)
        case Thing(), Thing():
            return replace(reference, handle=own.handle)
        case {"raised": _, "connected": _}, {"raised": raised, "connected": connected}:
            pairs = zip(own["gradients"], reference["gradients"], strict=False)
            gradients = [None if there is None else as_computed(here, there) for here, there in pairs]
            value = as_computed(own["value"], reference["value"])
            return {"raised": raised, "connected": connected, "value": value, "gradients": gradients}
        case (list(), list()) | (tuple(), tuple()):
            lied = [as_computed(*pair) for pair in zip(own, reference, strict=False)]
            return type(own)([*lied, *(as_computed(rest, None) for rest in own[len(lied) :])])
        case ((list() | tuple()), _):
            return type(own)(as_computed(item, None) for item in own)
        case dict(), dict():
            return {
                key: as_computed(value, reference[key]) if key in reference else value for key, value in own.items()
            }
        case _:
            return own


def _own_handles(reference: Any, own: Any) -> Any:
    """The reference's answer; objects in it are the file's own, where it has one at the same place."""
    match reference, own:
        case Thing(), Thing():
            return replace(reference, handle=own.handle)
        case (list(), list()) | (tuple(), tuple()) if len(reference) == len(own):
            return type(reference)(_own_handles(*pair) for pair in zip(reference, own, strict=True))
        case dict(), dict():
            return {key: _own_handles(value, own.get(key)) for key, value in reference.items()}
        case _:
            return reference

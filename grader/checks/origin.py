"""Where a fact comes from: computed by the student's own function, witnessed by the harness beside it, or read.

One process cannot be made to tell the truth about itself. What the student's function returned for inputs that nobody
could know has been computed, whoever says so. All else that a worker says (flags, identities, what a helper has seen)
is witnessed: code that takes over the worker can say it, too. A `Ledger` notes what a check looks at of either kind.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

if TYPE_CHECKING:
    import numpy as np

T = TypeVar("T")
Kind = Literal["R", "W", "S"]
"""How a verdict is reached: Recomputed here, Witnessed in the worker (forgeable), or read from the Source."""
RANKS = {"W": 0, "S": 1, "R": 2}
"""Kinds by what they are worth: a declaration may be worse than what is derived, never better."""
_TELLING = 2
"""An array of fewer numbers may be equal to another by chance."""


class Origin(Enum):
    """Who vouches for an answer as a whole."""

    COMPUTED = "the student's own function returned it, or it was fetched from what that has made"
    WITNESSED = "the harness beside the student's code says so"


class Ledger:
    """What one check has looked at, in its order.

    Attributes:
        witnessed: the witnessed facts, in words. source: whether the source was read.
        strict: whether arrays are compared with those that were sent: what merely comes back was known before.
    """

    def __init__(self, *, strict: bool = False) -> None:
        self.witnessed: dict[str, None] = {}
        self.source = False
        self.strict = strict
        self._sent: set[bytes] = set()

    def note(self, fact: str) -> None:
        """A witnessed fact was looked at."""
        self.witnessed[fact] = None

    def heard(self, key: str, origin: Origin, answer: Callable[[], Any]) -> Any:
        """What the check is to hear of an answer: here, the answer. `key`: what was asked, without its arguments."""
        return answer()

    def sent(self, arrays: Iterator[np.ndarray[Any, Any]]) -> None:
        """Arrays were handed to the worker."""
        if self.strict:
            self._sent.update(_print(array) for array in arrays if array.size >= _TELLING)

    def is_echo(self, array: np.ndarray[Any, Any]) -> bool:
        """Whether an array was handed to the worker in this check, so that the worker need not compute it."""
        return self.strict and array.size >= _TELLING and _print(array) in self._sent

    @property
    def kind(self) -> Kind:
        """The best kind that a check can claim that has looked at no more than this."""
        return "W" if self.witnessed else "S" if self.source else "R"


def _print(array: np.ndarray[Any, Any]) -> bytes:
    return hashlib.sha256(f"{array.shape}".encode() + array.astype("float64").tobytes()).digest()


class _Witnessed:
    """A dataclass's field that notes in its object's `ledger`, if it has one, that it was looked at."""

    def __init__(self, *default: Any) -> None:
        self._default = default

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, thing: Any, owner: type | None = None) -> Any:
        if thing is None:
            if not self._default:
                raise AttributeError(self._name)
            return self._default[0]
        fields: Mapping[str, Any] = vars(thing)
        if (ledger := fields.get("ledger")) is not None:
            ledger.note(fields.get("fact") or self._name)
        return fields[self._name]

    def __set__(self, thing: Any, value: Any) -> None:
        vars(thing)[self._name] = value


def witnessed(*default: T) -> T:
    """A dataclass's field that is a witnessed fact: to look at it is noted. `default`: its default, if it has one."""
    return cast("T", _Witnessed(*default))


def unnoted(thing: Any, name: str) -> Any:
    """A witnessed field, without a note: to send it back, or for words about a failure that is certain anyway."""
    return vars(thing)[name]

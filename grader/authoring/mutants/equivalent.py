"""Answers kept: why a mutant that no check has caught is another right program. They stand in `equivalent.toml`.

    [[right]]
    why = "Leaves need no float() where the point's numbers are floats already."
    mutants = ["9d99fa24"]

    [[right]]
    why = "It names a case that a network of these checks cannot be in."
    operator = "constant"
    function = "bound_of"

    [[right]]
    why = "It only sets learning rates: what is learnt with them is what the accuracy asks."
    function = "one_cycle"

    [[right]]
    why = "A recipe of another taste: whether it learns enough hangs on the seed."
    mutants = ["facc19f0"]
    luck = true

The second covers a class: all that an operator does to a function; the third all that anything does to it. With luck
a check may catch one under some seeds, which contradicts nothing. The file lies in the exercise's folder in
solutions/; no check reads it, so it goes nowhere.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from grader.authoring.mutants.programs import NAMES, Mutant
from grader.errors import AuthoringError

FILE: Final = "equivalent.toml"
_FORM: Final = (
    '[[right]] with why = "…" and either mutants = ["…"], with luck = true if a seed decides, or function = "…", '
    'with operator = "…" if it is about that one alone'
)


@dataclass(frozen=True)
class Reason:
    """Why some mutants are right: those of these fingerprints, or all of an operator, or of any, in a function."""

    why: str
    fingerprints: frozenset[str] = frozenset()
    operator: str = ""
    function: str = ""
    luck: bool = False
    """Whether the seed decides if a check catches them."""

    def covers(self, mutant: Mutant) -> bool:
        """Whether it is about this mutant."""
        if self.fingerprints:
            return mutant.fingerprint in self.fingerprints
        return mutant.function == self.function and self.operator in ("", mutant.operator)

    def denies(self, mutant: Mutant) -> bool:
        """Whether it is untrue if a check catches this mutant; a class may well hold some that are caught."""
        return mutant.fingerprint in self.fingerprints and not self.luck


def reasons_in(folder: Path) -> tuple[Reason, ...]:
    """The reasons that an exercise's folder in solutions/ keeps: none if it has no such file.

    Raises:
        AuthoringError: if the file cannot be read, or says what means nothing.
    """
    path = folder / FILE
    if not path.is_file():
        return ()
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise AuthoringError(f"{path} cannot be read: {error}.") from None
    entries = data.pop("right", [])
    if data or not isinstance(entries, list):
        raise AuthoringError(f"{path}: each answer must be {_FORM}.")
    return tuple(_reason(entry, path) for entry in entries)


def _reason(entry: Any, path: Path) -> Reason:
    match entry:
        case {"why": str(why), "mutants": [*names], **rest} if rest in ({}, {"luck": True}) and why and names:
            return Reason(why, frozenset(str(name) for name in names), luck=bool(rest))
        case {"why": str(why), "function": str(function), **rest} if not rest and why and function:
            return Reason(why, function=function)
        case {"why": str(why), "operator": str(operator), "function": str(function), **rest} if not rest and why:
            if operator not in NAMES:
                raise AuthoringError(f"{path}: there is no operator {operator!r}; there are {', '.join(NAMES)}.")
            return Reason(why, operator=operator, function=function)
    raise AuthoringError(f"{path}: each answer must be {_FORM}.")


def reason_for(mutant: Mutant, reasons: Sequence[Reason]) -> Reason | None:
    """The first reason that covers a mutant; None if none does."""
    return next((reason for reason in reasons if reason.covers(mutant)), None)


def stale(reasons: Sequence[Reason], mutants: Sequence[Mutant]) -> Iterator[str]:
    """A sentence for each answer about a mutant that no longer arises."""
    arising = {mutant.fingerprint for mutant in mutants}
    for reason in reasons:
        if not reason.fingerprints and not any(reason.covers(mutant) for mutant in mutants):
            what, where = reason.operator or "all", reason.function or "the top of the program"
            yield f"{FILE} explains {what} in {where}, which no longer arises: {reason.why}"
        for fingerprint in sorted(reason.fingerprints - arising):
            yield f"{FILE} explains {fingerprint}, which no longer arises: {reason.why}"

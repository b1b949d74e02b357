"""Options that an exercise declares for `grade`, in its exercise.toml: from where to take its data, say."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

KINDS: Final = ("text", "choice", "number", "flag", "file", "folder")
_KEYS: Final = ("help", "kind", "choices", "default", "needs", "single", "for_data")
_NAME: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class Misspelt(Exception):
    """What exercise.toml lacks, or has and nobody knows; the message says so, and what there is."""


@dataclass(frozen=True)
class Option:
    """One option, as `--name` on the command line.

    Attributes:
        name: small letters, digits and hyphens.
        help: a sentence.
        kind: what its value is: one of `KINDS`.
        choices: of a choice.
        default: of a choice or text, where the option is not given.
        needs: the option without which it makes no sense; "" if there is none.
        single: whether it is for one submission only.
        for_data: whether `grade data` takes it, too.
    """

    name: str
    help: str
    kind: str = "text"
    choices: tuple[str, ...] = ()
    default: str = ""
    needs: str = ""
    single: bool = False
    for_data: bool = False

    def read(self, text: str) -> Any:
        """A value as it is written, for a choice, a text or a number.

        Raises:
            Misspelt: if it is none, or the option is of another kind.
        """
        if self.kind == "number":
            try:
                value = float(text)
            except ValueError:
                value = math.nan
            if not (math.isfinite(value) and value > 0):
                raise Misspelt(f"--{self.name} {text}: a number above 0 is wanted.")
            return value
        if self.kind not in ("choice", "text"):
            raise Misspelt(f"--{self.name} is a {self.kind}, which cannot be written down here.")
        if self.choices and text not in self.choices:
            raise Misspelt(f"--{self.name} {text}: there are {', '.join(self.choices)}.")
        return text

    @property
    def absent(self) -> Any:
        """The value where it is not given."""
        return {"flag": False, "number": None, "file": None, "folder": None}.get(self.kind, self.default)


def declared(table: Any) -> dict[str, Option]:
    """The options in the table `options` of an exercise.toml, by name.

    Raises:
        Misspelt: if one is not well declared.
    """
    if not isinstance(table, Mapping) or not all(isinstance(value, Mapping) for value in table.values()):
        raise Misspelt('options are tables, such as [options.data] with help = "…".')
    options = {name: _option(name, entry) for name, entry in table.items()}
    for option in options.values():
        if option.needs and option.needs not in options:
            raise Misspelt(f"[options.{option.name}] needs {option.needs!r}, which is no option of this exercise.")
    return options


def _option(name: str, entry: Mapping[str, Any]) -> Option:
    where = f"[options.{name}]"
    if not _NAME.fullmatch(name):
        raise Misspelt(f"{where}: an option's name has small letters, digits and hyphens, as in data-home.")
    if unknown := [key for key in entry if key not in _KEYS]:
        raise Misspelt(f"{where} has {unknown[0]!r}, which means nothing; there are {', '.join(_KEYS)}.")
    if not isinstance(entry.get("help"), str):
        raise Misspelt(f"{where} has no help: a sentence that says what the option is for.")
    choices = entry.get("choices", [])
    kind = entry.get("kind", "choice" if choices else "text")
    if kind not in KINDS:
        raise Misspelt(f"{where} is of kind {kind!r}; there are {', '.join(KINDS)}.")
    if (kind == "choice") != bool(choices) or not isinstance(choices, list):
        raise Misspelt(f'{where}: a choice has choices = ["…", "…"], and nothing else has.')
    default = str(entry.get("default", choices[0] if choices else ""))
    if choices and default not in choices:
        raise Misspelt(f"{where} has the default {default!r}, which is not one of its choices.")
    if "default" in entry and kind not in ("choice", "text"):
        raise Misspelt(f"{where}: only a choice and a text have a default.")
    return Option(
        name=name,
        help=str(entry["help"]),
        kind=kind,
        choices=tuple(map(str, choices)),
        default=default,
        needs=str(entry.get("needs", "")),
        single=entry.get("single", False) is True,
        for_data=entry.get("for_data", False) is True,
    )

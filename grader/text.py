"""Text: a student's made safe to print, numbers of things in words, the short names of exercises.

Imports next to nothing, so that error messages stay quick.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_NUMBER = re.compile(r"^(ex|lab)(\d+)", re.IGNORECASE)
_SPELLED = {
    "✓": "+", "✗": "x", "⏱": "!", "–": "-", "—": "-", "−": "-", "·": "-", "…": "...", "→": "->", "∂": "d", "×": "x",
    "≤": "<=", "≥": ">=", "≈": "~", "σ": "sigma", "Δ": "delta", "λ": "lambda", "“": '"', "”": '"', "‘": "'", "’": "'",
    "²": "^2", "³": "^3", "ᵀ": "^T", "√": "sqrt", "∞": "inf", "∑": "sum", "█": "#", "░": ".", "•": "*",
    "━": "-", "─": "-", "│": "|", "┃": "|", "└": "+", "┌": "+", "┐": "+", "┘": "+", "▌": "|",
}  # fmt: skip


_NAMES: Final = (
    "error|warning|notice|debug|group|endgroup|add-mask|add-path|stop-commands|set-output|set-env|save-state|echo"
    "|add-matcher|remove-matcher"
)
_COMMAND: Final = re.compile(rf"(^\s*)(::|##\w*\[)|()(::(?:{_NAMES})\b|##\w*\[)", re.MULTILINE)
"""What GitHub, Azure and TeamCity read as a command, at the start of a line; those with known names anywhere, since a
terminal may begin a line wherever it folds one."""


def _defused(match: re.Match[str]) -> str:
    before, command = (match[1], match[2]) if match[2] else (match[3], match[4])
    return f"{before}\\x{ord(command[0]):02x}{command[1:]}"


def clean(text: str) -> str:
    """Text without control characters, which could repaint the terminal, and without commands to a CI service."""
    if "::" in text or "##" in text:
        text = _COMMAND.sub(_defused, text)
    if text.isprintable():  # nearly every text is
        return text
    return "".join(c if c in "\n\t" or c.isprintable() else f"\\x{ord(c):02x}" for c in text)


def one_line(text: str) -> str:
    """Clean text on one line: a newline in a file's name could otherwise draw a line of its own."""
    return clean(text).replace("\n", "\\n").replace("\t", "\\t")


def spell(text: str) -> str:
    """Text in ASCII, for a terminal whose code page lacks some of it: ✓ is +, x² is x^2, é is e, and else it is ?."""
    return "".join(c if c.isascii() else _SPELLED.get(c) or _without_marks(c) or "?" for c in text)


def _without_marks(character: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", character) if c.isascii())


def counted(count: int, noun: str) -> str:
    """`1 file`, `2 files`: for nouns that take an s."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def number_of(exercise_id: str) -> tuple[str, int] | None:
    """("ex", 13) for ex13_sin_gradient; None where an id has no number."""
    match = _NUMBER.match(exercise_id)
    return (match[1].casefold(), int(match[2])) if match else None


def label(exercise_id: str) -> str:
    """The short form of an exercise's id: ex13 of ex13_sin_gradient."""
    match = _NUMBER.match(exercise_id)
    return match[0].casefold() if match else exercise_id.casefold()

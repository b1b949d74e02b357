"""Why Python cannot read a line, where the line itself shows it: leftovers, odd characters, newer syntax."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from grader.sandbox.wire import Raised

_FENCE: Final = "That is the fence around code in a chat or a web page: delete this line, and the one that closes it."
_MERGE: Final = "That is a mark of an unfinished merge: keep one of the two versions, and delete the marks."
_PROMPT: Final = "That line was copied with Python's prompt: delete the prompt, and any output below it."
NOTEBOOK_LINE: Final = "That belongs in a notebook: delete the line, or hand in the notebook itself (.ipynb)."
_LEFTOVERS: Final = (
    (re.compile(r"\s*(```|~~~)"), _FENCE),
    (re.compile(r"(<{7}|={7}|>{7})(\s|$)"), _MERGE),
    (re.compile(r"\s*(>>> |\.\.\. |In \[\d+\]:|Out\[\d+\]:)"), _PROMPT),
    (re.compile(r"\s*(![\w./]|%%?\w|\?{1,2}\w)|\s*[\w.]+\?{1,2}\s*$"), NOTEBOOK_LINE),
)
_QUOTES: Final = "“”„‟‘’‚‛«»"
_SIGNS: Final = {
    "−": "-", "–": "-", "—": "-", "‐": "-", "‑": "-", "×": "*", "·": "*", "∗": "*", "÷": "/", "∕": "/", "²": "**2",
    "³": "**3", "≤": "<=", "≥": ">=", "≠": "!=", "…": "...", "，": ",", "：": ":", "（": "(", "）": ")", "；": ";",
}  # fmt: skip
"""What is typed by an editor, an input method or a chat instead of a sign of Python's."""
_NEWER: Final = (
    ((3, 12), re.compile(r"\s*(async\s+)?(def|class)\s+\w+\s*\["), "type parameters in square brackets"),
    ((3, 12), re.compile(r"\s*type\s+\w+\s*(\[.*\])?\s*="), "the type statement"),
    ((3, 14), re.compile(r"\s*except\*?\s+[\w.]+\s*,"), "except with several types and no parentheses"),
    ((3, 14), re.compile(r""".*\bt(r?)("|')"""), "template strings"),
    ((3, 15), re.compile(r"\s*lazy\s+(import|from)\b"), "lazy imports"),
)


def why_unreadable(raised: Raised, python: tuple[int, int]) -> str | None:
    """One sentence on why Python cannot read a line, if the line itself shows it; None if it does not.

    Args:
        raised: a SyntaxError, with the line's text.
        python: the version that could not read it.
    """
    text, message = raised.text or "", raised.message
    for pattern, sentence in _LEFTOVERS:
        if pattern.match(text):
            return sentence
    return _odd_character(text, message) or _newer(text, python)


def _odd_character(text: str, message: str) -> str | None:
    """Only where Python stumbled over a character: in a string or a comment all of them are welcome."""
    if "invalid character" not in message and "non-printable character" not in message:
        return None
    if (code := re.search(r"U\+([0-9A-F]{4,6})", message)) is None:
        return None
    character = chr(min(int(code[1], 16), 0x10FFFF))
    called = f"{unicodedata.name(character, 'a character').lower()} (U+{code[1]})"
    if character in _QUOTES:
        return f"The quotes are typographic, {called}: type plain ones, \" or '."
    if character in _SIGNS:
        return f"The sign {character} is {called}, which Python does not know: type {_SIGNS[character]} instead."
    if unicodedata.category(character) in ("Zs", "Cf", "Cc"):
        times = text.count(character)
        many = f", {times} times in this line" if times > 1 else ""
        return f"There is an invisible character, {called}{many}: delete it, and type the spaces anew."
    return None


def _newer(text: str, python: tuple[int, int]) -> str | None:
    here = ".".join(map(str, python))
    for since, pattern, what in _NEWER:
        if python < since and pattern.match(text):
            return f"Python {here} runs here, which does not know {what} yet: they came with {since[0]}.{since[1]}."
    return None

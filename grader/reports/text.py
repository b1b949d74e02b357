"""Student-controlled text made safe to print. Imports nothing, so that error messages stay quick."""

from __future__ import annotations


def clean(text: str) -> str:
    """Text without control characters, which could repaint the terminal."""
    if text.isprintable():  # nearly every text is
        return text
    return "".join(c if c in "\n\t" or c.isprintable() else f"\\x{ord(c):02x}" for c in text)


def one_line(text: str) -> str:
    """Clean text on one line: a newline in a file's name could otherwise draw a line of its own."""
    return clean(text).replace("\n", "\\n").replace("\t", "\\t")

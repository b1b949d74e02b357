"""Whether two submissions are the same program: as text, but for comments, spacing, quotes and brackets."""

from __future__ import annotations

import ast
import contextlib
import hashlib
import warnings
from typing import Final

PARSED_AT_MOST: Final = 64 << 10
"""Bytes. Python's parser needs some 500 times the memory of what it parses."""


def fingerprint(source: bytes) -> str:
    """Equal for sources that are parsed to the same tree; for what cannot be parsed, that are equal but for spaces.

    Nothing is executed. Python's parser refuses what is nested too deeply, with an exception.
    """
    text = b"".join(source.split())
    if len(source) <= PARSED_AT_MOST:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a student's "\\d" is not the grader's to warn of
            with contextlib.suppress(SyntaxError, ValueError, RecursionError, MemoryError):
                text = ast.dump(ast.parse(source)).encode("utf-8", "backslashreplace")
    return hashlib.sha256(text).hexdigest()

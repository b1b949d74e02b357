"""Packages that a library imports for what nobody does here, and that take longer than all the rest of it."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from typing import Final

ADDRESSES: Final = "rfc3987_syntax"
"""What jsonschema, and so nbformat, looks at international addresses with: three seconds of grammars, where JupyterLab
has brought it. A notebook has no such address."""
DEBUGGER: Final = "debugpy"
"""ipykernel's: a second."""


@contextlib.contextmanager
def without(package: str) -> Iterator[None]:
    """Within it the package is not to be had, as where it is not installed; one that is imported already stays."""
    if package in sys.modules:
        yield
        return
    sys.modules[package] = None  # type: ignore[assignment]  # Python's own way to say that there is none
    try:
        yield
    finally:
        del sys.modules[package]

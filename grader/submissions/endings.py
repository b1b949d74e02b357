"""What a file is, by the ending of its name: read in one way everywhere, however a system has spelled it."""

from __future__ import annotations

from pathlib import PurePath
from typing import Final

PYTHON: Final = ".py"
NOTEBOOK: Final = ".ipynb"


def ending(name: str | PurePath) -> str:
    """ ".py" or ".ipynb", also for a name that ends in .PY; "" for everything that is no work of a student's."""
    found = PurePath(name).suffix.casefold()
    return found if found in (PYTHON, NOTEBOOK) else ""


def is_notebook(name: str | PurePath) -> bool:
    """Whether a file is a notebook, by its name."""
    return ending(name) == NOTEBOOK

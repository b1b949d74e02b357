"""An autochecker for the exercises of the chapter "Building Neural Networks with PyTorch".

What a check's author imports, nothing else, lives here: `from grader import check, expect`. Names are resolved when
they are used, so that neither `grade --help` nor a worker pays for what it does not need.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.checks import expect as expect
    from grader.checks import expression as expression
    from grader.checks.check import check as check
    from grader.checks.evidence import Answer as Answer
    from grader.checks.evidence import Tensor as Tensor
    from grader.checks.inputs import Inputs as Inputs
    from grader.checks.student import Handle as Handle
    from grader.checks.student import Student as Student

__all__ = ["Answer", "Handle", "Inputs", "Student", "Tensor", "check", "expect", "expression"]

_HOMES = {
    "check": "grader.checks.check",
    "Answer": "grader.checks.evidence",
    "Tensor": "grader.checks.evidence",
    "Inputs": "grader.checks.inputs",
    "Student": "grader.checks.student",
    "Handle": "grader.checks.student",
}


def __getattr__(name: str) -> Any:
    if name in ("expect", "expression"):
        return import_module(f"grader.checks.{name}")
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'grader' has no attribute {name!r}")


def load_ipython_extension(shell: Any) -> None:
    """What `%load_ext grader` calls in a live notebook: makes `%grade` known."""
    from grader.magic import load

    load(shell)

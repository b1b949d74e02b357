"""An autochecker for the exercises of the chapter "Building Neural Networks with PyTorch".

What a check's author imports, nothing else, lives here: `from grader import check, expect`. Names are resolved when
they are used, so that neither `grade --help` nor a worker pays for what it does not need. In a worker, where an
exercise's probes run, `apparatus` is all that can be imported.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.checks import array_files as array_files
    from grader.checks import epoch_losses as epoch_losses
    from grader.checks import expect as expect
    from grader.checks import expression as expression
    from grader.checks import source as source
    from grader.checks import torch_here as torch_here
    from grader.checks import training_loops as training_loops
    from grader.checks.check import check as check
    from grader.checks.compare import cut as cut
    from grader.checks.compare import difference as difference
    from grader.checks.compare import number_of as number_of
    from grader.checks.compare import show as show
    from grader.checks.compare import type_of as type_of
    from grader.checks.evidence import Answer as Answer
    from grader.checks.evidence import ArrayFile as ArrayFile
    from grader.checks.evidence import Tensor as Tensor
    from grader.checks.evidence import Thing as Thing
    from grader.checks.evidence import Witness as Witness
    from grader.checks.inputs import Inputs as Inputs
    from grader.checks.materials import Materials as Materials
    from grader.checks.remembered import remembered as remembered
    from grader.checks.replies import Outcome as Outcome
    from grader.checks.scales import Scale as Scale
    from grader.checks.scales import standard_error as standard_error
    from grader.checks.stock import Stock as Stock
    from grader.checks.student import Handle as Handle
    from grader.checks.student import Room as Room
    from grader.checks.student import Student as Student
    from grader.errors import CheckFailed as CheckFailed
    from grader.errors import NotGradable as NotGradable
    from grader.errors import StudentFault as StudentFault
    from grader.errors import StudentRaised as StudentRaised
    from grader.errors import Unobtainable as Unobtainable
    from grader.errors import UsageError as UsageError
    from grader.results import Measured as Measured
    from grader.sandbox import apparatus as apparatus

_MODULES = {
    "apparatus": "grader.sandbox.apparatus",
    "array_files": "grader.checks.array_files",
    "epoch_losses": "grader.checks.epoch_losses",
    "expect": "grader.checks.expect",
    "expression": "grader.checks.expression",
    "source": "grader.checks.source",
    "torch_here": "grader.checks.torch_here",
    "training_loops": "grader.checks.training_loops",
}
_NAMES = {
    "grader.checks.check": ("check",),
    "grader.checks.compare": ("cut", "difference", "number_of", "show", "type_of"),
    "grader.checks.evidence": ("Answer", "ArrayFile", "Tensor", "Thing", "Witness"),
    "grader.checks.inputs": ("Inputs",),
    "grader.checks.materials": ("Materials",),
    "grader.checks.remembered": ("remembered",),
    "grader.checks.replies": ("Outcome",),
    "grader.checks.scales": ("Scale", "standard_error"),
    "grader.checks.stock": ("Stock",),
    "grader.checks.student": ("Handle", "Room", "Student"),
    "grader.errors": ("CheckFailed", "NotGradable", "StudentFault", "StudentRaised", "Unobtainable", "UsageError"),
    "grader.results": ("Measured",),
}
_HOMES = {name: home for home, names in _NAMES.items() for name in names}

__all__ = [
    "Answer", "ArrayFile", "CheckFailed", "Handle", "Inputs", "Materials", "Measured", "NotGradable", "Outcome", "Room",
    "Scale", "Stock", "Student", "StudentFault", "StudentRaised", "Tensor", "Thing", "Unobtainable", "UsageError",
    "Witness",
    "apparatus", "array_files", "check", "cut", "difference", "epoch_losses", "expect", "expression", "number_of",
    "remembered", "show", "source", "standard_error", "torch_here", "training_loops", "type_of",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return import_module(_MODULES[name])
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'grader' has no attribute {name!r}")


def load_ipython_extension(shell: Any) -> None:
    """What `%load_ext grader` calls in a live notebook: makes `%grade` known."""
    from grader.magic import load

    load(shell)

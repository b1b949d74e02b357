"""What comes back when the student's work is differentiated or described: its form, and what a check makes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypedDict

from grader.checks.evidence import Answer
from grader.checks.forms import ATensor
from grader.checks.origin import Ledger, unnoted, witnessed


@dataclass(frozen=True)
class Outcome:
    """What happened when a function was called on fresh leaves and backward was run from its result.

    Attributes:
        question: in the student's words.
        stage: "forward" or "backward" if it raised there, else None.
        bases: class names of the exception, most special first; empty if nothing was raised.
        value: the result (before backward), decoded; None if the forward raised.
        gradients: of the leaves, in order; None where there is none.
        connected: whether the result required grad.

    Value and gradients are computed; what was raised, and whether anything was connected, is witnessed.
    """

    question: str
    stage: str | None = witnessed()
    bases: tuple[str, ...] = witnessed()
    value: Any = None
    gradients: tuple[Any, ...] = ()
    connected: bool = witnessed(False)
    ledger: Ledger | None = field(default=None, repr=False)

    @property
    def raised(self) -> bool:
        """Whether anything was raised."""
        return self.stage is not None

    @property
    def glance(self) -> Outcome:
        """The same for words about a failure, where value or gradients must bear whatever a look at it tells."""
        seen = {name: unnoted(self, name) for name in ("question", "stage", "bases", "value", "gradients", "connected")}
        return Outcome(**seen)


@dataclass(frozen=True)
class Gradients:
    """A module's backward: its output, gradients of the inputs in order, and of the parameters by name."""

    question: str
    output: Any
    inputs: tuple[Any, ...]
    parameters: dict[str, Any]

    def of_shape(self, shape: tuple[int, ...]) -> Answer:
        """The gradient of the one parameter of this shape, as an Answer; None if it has no gradient."""
        found = [gradient for gradient in self.parameters.values() if getattr(gradient, "shape", None) == shape]
        return Answer(found[0] if len(found) == 1 else None, f"the gradient of the parameter of shape {shape}")


class Differentiated(TypedDict):
    """To `Differentiate`."""

    raised: tuple[str, list[str]] | None
    value: Any
    gradients: list[ATensor | None]
    connected: bool


class Backward(TypedDict):
    """To `Forward` with `backward`."""

    output: Any
    inputs: list[ATensor | None]
    parameters: list[tuple[str, ATensor | None]]


class Loaded(TypedDict):
    """To a loading of parameters."""

    loaded: list[str | None]
    shapes: dict[str, list[int]]


class Parameter(TypedDict):
    """One of a module's."""

    name: str
    shape: list[int] | None
    dtype: str
    requires_grad: bool
    value: ATensor | None


class Described(TypedDict):
    """To `Describe`."""

    parameters: list[Parameter]
    state: list[str]
    modules: list[list[str]]
    plain_tensors: list[tuple[str, list[int]]]

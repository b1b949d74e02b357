"""What a check holds: `Student`, a proxy for the submission in its worker, and `Handle`, an object that stays there.

student.gradient_at(1.5, -0.4)          → Answer: calls the student's function
student.SNIPPETS["a1"](2.0)             → follows names, keys and attributes before calling
student.PREDICT.get()                   → Answer: the value itself
student.Dense.new(3, 5)                 → Handle: an object that stays in the worker
student.sin_x2y.differentiate(x, y)     → Outcome: call on fresh leaves, then backward
student.probe("f", thing)               → Witness: what a helper beside the student's code says; it may be a lie
student.fetch("state_of", model)        → Answer: numbers that only the student's work can have made
student.elsewhere().probe("f", data)    → Answer: of a helper where none of the student's code has run
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from typing import Any

from grader.checks import evidence
from grader.checks.compare import cut, show
from grader.checks.echoes import known_before
from grader.checks.evidence import Answer, ArrayFile, Enclosures, Tensor, Thing, Witness
from grader.checks.findings import Findings
from grader.checks.line import Line, unreadable
from grader.checks.materials import Materials
from grader.checks.origin import Origin
from grader.checks.replies import Backward, Described, Differentiated, Gradients, Loaded, Outcome
from grader.checks.source import Reading
from grader.checks.syntax import syntax_of
from grader.errors import CheckFailed
from grader.sandbox import wire

Path = tuple[str | int, ...]


class Reference:
    """A name in the submission (or in a kept object), to be called, read, built from or differentiated."""

    def __init__(
        self,
        line: Line,
        path: Path,
        handle: int | None = None,
        owner: str = "",
        watch: str = "",
        told_s: float = 0.0,
    ) -> None:
        self._line = line
        self._path = path
        self._handle = handle
        self._owner = owner
        self._watch = watch
        self._told_s = told_s

    def __getitem__(self, key: str | int) -> Reference:
        return Reference(self._line, (*self._path, key), self._handle, self._owner, self._watch, self._told_s)

    def within(self, seconds: float, watch: str = "", told_s: float = 0.0) -> Reference:
        """The same, but a call may take so long; the local variable `watch` of the student's is looked at meanwhile.

        `told_s`: seconds that the statement speaks of, where they are fewer. They are what whoever waits is shown.
        """
        return Reference(self._line.within(seconds), self._path, self._handle, self._owner, watch, told_s)

    def __str__(self) -> str:
        first, *rest = self._path
        return (f"{self._owner}." if self._owner else "") + str(first) + "".join(f"[{step!r}]" for step in rest)

    def __call__(self, *args: Any, **kwargs: Any) -> Answer:
        """Call it; the answer."""
        request, arrays, question = self._call(args, kwargs, keep=False)
        return Answer(self._line.value(request, arrays, question), question)

    def new(self, *args: Any, **kwargs: Any) -> Handle:
        """Call it and leave the result in the worker; its handle."""
        request, arrays, question = self._call(args, kwargs, keep=True)
        return handle_of(self._line, self._line.value(request, arrays, question), question)

    def get(self) -> Answer:
        """The value itself."""
        question = str(self)
        return Answer(self._line.value(wire.Get(path=list(self._path)), {}, question), question)

    def handle(self) -> Handle:
        """The value itself, which stays in the worker: a function to be handed to a helper, say."""
        question = str(self)
        value = self._line.value(wire.Get(path=list(self._path), keep=True), {}, question)
        return handle_of(self._line, value, question)

    def differentiate(self, *leaves: Any, before: Sequence[Any] = ()) -> Outcome:
        """Call it on fresh leaf tensors made of `leaves` (floats become 0-dim float32), then backward from the result.

        Args:
            leaves: numbers or NumPy arrays.
            before: arguments that come before the leaves, as they are.
        """
        import numpy as np

        arrays: Enclosures = {}
        tensors = [leaf if isinstance(leaf, np.ndarray) else np.float32(leaf).reshape(()) for leaf in leaves]
        question = _call_text(str(self), (*before, *leaves), {})
        request = wire.Differentiate(
            path=list(self._path),
            leaves=[evidence.encode(np.asarray(tensor), arrays) for tensor in tensors],
            before=[evidence.encode(argument, arrays) for argument in before],
        )
        found = self._line.formed(request, arrays, question, Differentiated)
        stage, bases = found["raised"] or (None, [])
        gradients, ledger = tuple(found["gradients"]), self._line.ledger
        if len(gradients) != len(leaves):
            raise unreadable(question)
        return Outcome(question, stage, tuple(bases), found["value"], gradients, found["connected"], ledger)

    def _call(self, args: tuple[Any, ...], kwargs: dict[str, Any], *, keep: bool) -> tuple[wire.Call, Enclosures, str]:
        arrays: Enclosures = {}
        request = wire.Call(
            path=list(self._path),
            args=[_encode(argument, arrays) for argument in args],
            kwargs={name: _encode(argument, arrays) for name, argument in kwargs.items()},
            handle=self._handle,
            keep=keep,
            watch=self._watch,
            told_s=self._told_s,
        )
        return request, arrays, _call_text(str(self), args, kwargs)


class Handle:
    """An object that stays in the worker: a module, a dataset, a loader, an optimizer."""

    def __init__(self, line: Line, thing: Thing, name: str) -> None:
        self._line = line
        self.thing = thing
        self.name = name

    def __str__(self) -> str:
        return self.name

    def called(self, name: str) -> Handle:
        """The same, under the name that a student reads for it in messages."""
        return Handle(self._line, self.thing, name)

    def is_a(self, base: str) -> bool:
        """Whether a class of this full name, e.g. "torch.nn.modules.module.Module", is among its own, as it says."""
        return base in self.thing.bases

    def method(self, name: str) -> Reference:
        """A method or attribute of it, to be called or read."""
        return Reference(self._line, (name,), self.thing.handle, self.name)

    def forward(self, *inputs: Any) -> Answer:
        """Call the module on tensors."""
        arrays: Enclosures = {}
        args = [_encode(tensor, arrays) for tensor in inputs]
        question = _call_text(self.name, inputs, {})
        return Answer(self._line.value(wire.Forward(handle=self.thing.handle, args=args), arrays, question), question)

    def backward(self, *inputs: Any, upstream: Any) -> Gradients:
        """Call the module on fresh leaves and send the gradient `upstream` back from its output."""
        arrays: Enclosures = {}
        args = [_encode(tensor, arrays) for tensor in inputs]
        question = f"backward through {_call_text(self.name, inputs, {})}"
        request = wire.Forward(handle=self.thing.handle, args=args, upstream=_encode(upstream, arrays), backward=True)
        found = self._line.formed(request, arrays, question, Backward)
        if len(found["inputs"]) != len(inputs):
            raise unreadable(question)
        return Gradients(question, found["output"], tuple(found["inputs"]), dict(found["parameters"]))

    def load(self, *tensors: Any) -> None:
        """Copy each tensor into the one parameter of its shape, whatever its name.

        Raises:
            CheckFailed: if for some tensor there is no such parameter, or more than one.
        """
        arrays: Enclosures = {}
        values = [_encode(tensor, arrays) for tensor in tensors]
        question = f"loading parameters into {self.name}"
        request = wire.LoadParameters(handle=self.thing.handle, tensors=values)
        found = self._line.formed(request, arrays, question, Loaded, Origin.WITNESSED)
        shapes, loaded = [tuple(shape) for shape in found["shapes"].values()], found["loaded"]
        if len(loaded) != len(tensors):
            raise unreadable(question)
        # No ledger notes it: what was not loaded does not compute what loaded parameters do.
        for tensor, name in zip(tensors, loaded, strict=True):
            if name is None:
                raise CheckFailed(
                    f"{self.name} needs exactly one parameter of shape {tuple(tensor.shape)}; "
                    f"its parameters have the shapes {shapes or '(there are none)'}."
                )

    def load_named(self, values: Mapping[str, Any]) -> None:
        """Copy each value into the parameter of its name, where a contract fixes names and two shapes are the same.

        Raises:
            CheckFailed: if there is no parameter of a name, or one of another shape.
        """
        arrays: Enclosures = {}
        args = [_encode(self, arrays), _encode(dict(values), arrays)]
        question = f"loading parameters into {self.name}"
        request = wire.Call(path=["load_named"], args=args, kwargs={}, probe=True)
        misfits = self._line.formed(request, arrays, question, dict[str, list[int] | None], Origin.WITNESSED)
        if not set(misfits) <= set(values):
            raise unreadable(question)
        for name, shape in misfits.items():
            stands = "there is none" if shape is None else f"its own has the shape {cut(show(shape), 60)}"
            raise CheckFailed(f"{self.name} needs a parameter {name} of shape {tuple(values[name].shape)}; {stands}.")

    def describe(self) -> dict[str, Any]:
        """What the worker says of the module: "parameters", "state", "modules", "plain_tensors" (see modules.py)."""
        if self._line.ledger is not None:
            self._line.ledger.note("describe()")
        return self.glance()

    def glance(self) -> dict[str, Any]:
        """The same for words about a failure: computed answers must bear whatever it tells; see `Student.glance`."""
        question = f"the parameters of {self.name}"
        request = wire.Describe(handle=self.thing.handle)
        found: dict[str, Any] = self._line.formed(request, {}, question, Described, Origin.WITNESSED)
        return found


class _Helped:
    """A worker where a check calls helpers: the exercise's own of probes.py, or those that all exercises share."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def _ask_helper(
        self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any], origin: Origin = Origin.COMPUTED
    ) -> tuple[Any, str]:
        """A helper's answer, of the form that its definition says, and the question."""
        request, arrays, question = self._helper(name, args, kwargs, keep=False)
        return self._line.formed(request, arrays, question, name, origin), question

    def place(self, name: str, *args: Any, **kwargs: Any) -> str:
        """Call a helper that prepares something in the worker and says where: nothing rests on where that is."""
        where = self._ask_helper(name, args, kwargs)[0]
        return str(where)

    def make(self, name: str, *args: Any, called: str = "", **kwargs: Any) -> Handle:
        """Call a helper and leave what it makes in the worker, to be handed to the student's code or to a helper.

        Args:
            name: the helper.
            args, kwargs: its arguments.
            called: what a student reads for the object in messages; the call itself if "".
        """
        request, arrays, question = self._helper(name, args, kwargs, keep=True)
        return handle_of(self._line, self._line.value(request, arrays, question), called or question)

    def _helper(
        self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any], *, keep: bool
    ) -> tuple[wire.Call, Enclosures, str]:
        arrays: Enclosures = {}
        request = wire.Call(
            path=[name],
            args=[_encode(argument, arrays) for argument in args],
            kwargs={key: _encode(argument, arrays) for key, argument in kwargs.items()},
            probe=True,
            keep=keep,
        )
        return request, arrays, _call_text(name, args, kwargs)


class Room(_Helped):
    """A worker where none of the student's code runs: what its helpers say is so."""

    def probe(self, name: str, *args: Any, **kwargs: Any) -> Answer:
        """Call a helper; its answer."""
        return Answer(*self._ask_helper(name, args, kwargs))


class Student(_Helped):
    """The submission, as a check sees it: its names are attributes.

    Attributes:
        device: where its tensors live.
        findings: what checks leave for later ones and for the report.
        materials: what a check may draw on beside the submission.
    """

    def __init__(
        self,
        line: Line,
        source: str,
        device: str = "cpu",
        findings: Findings | None = None,
        materials: Materials | None = None,
    ) -> None:
        super().__init__(line)
        self._source = source
        self.device = device
        self.findings = findings or Findings()
        self.materials = materials or Materials()

    def __getattr__(self, name: str) -> Reference:
        if name.startswith("__"):
            raise AttributeError(name)
        return Reference(self._line, (name,))

    def probe(self, name: str, *args: Any, **kwargs: Any) -> Witness:
        """Call a helper in the worker, beside the student's code, which can make it say anything."""
        value, question = self._ask_helper(name, args, kwargs, Origin.WITNESSED)
        return Witness(value, question, f"{name}()", self._line.ledger)

    def glance(self, name: str, *args: Any, **kwargs: Any) -> Answer:
        """As `probe`, for words about a failure: it may fail a check with a better sentence, and never lets it pass.

        Computed answers must bear whatever it tells. `grade verify` proves that they do: its liar tells it, too.
        """
        return Answer(*self._ask_helper(name, args, kwargs, Origin.WITNESSED))

    def fetch(self, name: str, *args: Any, **kwargs: Any) -> Answer:
        """Call a helper that only fetches what the student's work has made: numbers or bytes, and nothing known before.

        Who forges them must know them, and has computed them. Where something else is among them, such as a word, a
        truth value, or an array that was handed in, it has been witnessed, and a check's ledger says so.
        """
        value, question = self._ask_helper(name, args, kwargs)
        if self._line.ledger is not None:
            for fact in known_before(value, self._line.ledger):
                self._line.ledger.note(f"{fact} from {name}()")
        return Answer(value, question)

    def restart(self) -> None:
        """A fresh worker, which has loaded the submission and nothing else, takes the place of this one.

        Objects that the last one kept are gone, and whatever it knew.
        """
        self._line.restart()

    def elsewhere(self) -> Room:
        """A worker beside this one, with the helpers and nothing of the submission: nobody lies there. Fresh each time.

        What the student's code has made is carried there as data (`fetch`, `put_file`), and asked on inputs which
        that code has never seen. Its objects end with the check, and are none of the student's worker's.
        """
        return Room(self._line.elsewhere())

    def syntax(self, *, words: bool = False) -> ast.Module:
        """The submission's syntax tree; empty if it cannot be parsed. Nothing is executed.

        `words`: whether it only chooses between sentences, or fails a check; else it rests on the source: kind S.

        Raises:
            CheckFailed: if it takes too much to look through.
        """
        if self._line.ledger is not None and not words:
            self._line.ledger.source = True
        return syntax_of(self._source)

    def reading(self, name: str) -> Reading:
        """What one of its names is made of, for a check of kind W that a witness has passed: the source must bear it.

        Raises:
            CheckFailed: if it takes too much to look through.
        """
        return Reading(self.syntax(words=True), name, self.findings)


def handle_of(line: Line, value: Any, question: str) -> Handle:
    """A Handle for a reply that must be an object kept in the worker."""
    if not isinstance(value, Thing):
        raise unreadable(question)
    return Handle(line, value, question)


def _encode(thing: Any, arrays: Enclosures) -> wire.Value:
    return evidence.encode(thing.thing if isinstance(thing, Handle) else thing, arrays)


def _call_text(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
    shown = [_show_argument(argument) for argument in args]
    shown += [f"{key}={_show_argument(argument)}" for key, argument in kwargs.items()]
    return f"{name}({', '.join(shown)})"


def _show_argument(argument: Any) -> str:
    if isinstance(argument, Handle | ArrayFile):
        return argument.name
    if isinstance(argument, Tensor) or hasattr(argument, "shape"):
        text = show(argument)
        return text.replace("a tensor of shape ", "x of shape ") if text.startswith("a tensor") else text
    return show(argument)

"""No answer of a helper breaks a check, whatever its form: a lie is a failed check, and never the grader's own fault.

The reference solution is graded once in a real worker, and all replies are kept. Then each check is asked again, on the
trusted side alone, with the same replies but one: that one says something else, in many ways.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from conftest import ROOT, work_of
from hasty import hasty_solution, without_scores

from grader.checks.check import Check
from grader.checks.findings import Findings
from grader.checks.forms import forms_of, held_against
from grader.checks.inputs import Inputs, derive
from grader.checks.line import Line
from grader.checks.materials import Materials
from grader.checks.origin import Ledger
from grader.checks.student import Student
from grader.errors import CheckFailed, NotGradable, StudentFault
from grader.exercises.course import Course
from grader.exercises.exercise import Exercise
from grader.grading.session import Session
from grader.sandbox import wire
from grader.sandbox.host import Sandbox

SEED, SECRET = 1, b"forms"
JUNK: tuple[wire.Value, ...] = (
    None,
    True,
    5,
    float("nan"),
    "meta",
    wire.BytesValue(b"\x00"),
    wire.ListValue([]),
    wire.ListValue([1]),
    wire.ListValue([None, "a", wire.ListValue([])]),
    wire.TupleValue([wire.DictValue([]), 0.5, 3]),
    wire.SetValue([1, "a"]),
    wire.DictValue([("X", None), (1, 2), (None, wire.ListValue([None]))]),
    wire.TensorValue(-1, True, False, "meta", ("float32", [0, 3])),
    wire.TensorValue(-1, False, True, "cuda:7", ("nonsense", [2])),
    wire.ObjectValue(0, "NoneType", "None", ["builtins.object"], False),
)
IDS = [exercise.id for exercise in Course(ROOT).exercises()]


@dataclass
class Tape:
    """A conversation with a worker that keeps its replies; or, `playing`, one without a worker that gives them."""

    session: Session | None = None
    asked: list[wire.Request] = field(default_factory=list)
    replies: list[tuple[wire.Reply, bytes]] = field(default_factory=list)
    rooms: list[Tape] = field(default_factory=list)
    false: dict[int, wire.Value] = field(default_factory=dict)
    at: int = 0
    room: int = 0

    def ask(
        self, request: wire.Request, blob: bytes, question: str, files: Sequence[int] = (), seconds: float | None = None
    ) -> tuple[wire.Reply, bytes]:
        if self.session is not None:
            self.asked.append(request)
            self.replies.append(self.session.ask(request, blob, question, files, seconds))
            return self.replies[-1]
        place, self.at = self.at, self.at + 1
        if place >= len(self.replies):
            raise CheckFailed("The reference was asked no more than this.")
        reply, answer_blob = self.replies[place]
        return (wire.Done(self.false[place]), answer_blob) if place in self.false else (reply, answer_blob)

    def restart(self) -> None:
        if self.session is not None:
            self.session.restart()

    def elsewhere(self) -> Tape:
        if self.session is not None:
            self.rooms.append(Tape(self.session.elsewhere()))
            return self.rooms[-1]
        if self.room >= len(self.rooms):
            raise CheckFailed("The reference was asked nowhere else than this.")
        self.room += 1
        return self.rooms[self.room - 1].played()

    def played(self, false: dict[int, wire.Value] | None = None) -> Tape:
        return Tape(None, self.asked, self.replies, self.rooms, false or {})


def lies_about(value: wire.Value) -> Iterator[wire.Value]:
    """Something else for the whole, and for each part of it the whole with something else there; of many items two."""
    yield from JUNK
    match value:
        case wire.ListValue(items) | wire.TupleValue(items):
            for i in {0, len(items) - 1} if items else ():
                for other in lies_about(items[i]):
                    yield type(value)([*items[:i], other, *items[i + 1 :]])
            yield type(value)([*items, None])
            yield type(value)(items[:-1])
        case wire.DictValue(pairs):
            for i, (key, inner) in enumerate(pairs[:6]):
                for other in lies_about(inner):
                    yield wire.DictValue([*pairs[:i], (key, other), *pairs[i + 1 :]])
                yield wire.DictValue([*pairs[:i], *pairs[i + 1 :]])
                yield wire.DictValue([*pairs[:i], (7, inner), *pairs[i + 1 :]])


def is_harness(request: wire.Request) -> bool:
    """Whether the harness answers this, or an object that was left there: what liars have a free hand in."""
    if isinstance(request, wire.Call):
        return request.probe or request.handle is not None
    return isinstance(request, wire.Describe | wire.LoadParameters | wire.Differentiate) or (
        isinstance(request, wire.Forward) and request.backward
    )


Asking = Callable[[Check, Any, Findings], None]


def asking(exercise: Exercise, materials: Materials, text: str) -> Asking:
    """A way to ask one check over a line."""
    basis = exercise.basis()

    def ask(check: Check, conversation: Any, findings: Findings) -> None:
        secret = SECRET if check.hidden or check.secret else b""
        inputs = Inputs(derive(SEED, exercise.id, check.id, secret=secret))
        line = Line(conversation, ledger=Ledger(), forms=lambda: basis.forms)
        check.function(Student(line, text, "cpu", findings, exercise.materials(materials)), inputs)

    return ask


@pytest.mark.slow
@pytest.mark.parametrize("exercise", IDS)
def test_no_form_of_an_answer_breaks_a_check(best_sandbox: Sandbox, course: Course, exercise: str) -> None:
    found = course.find(exercise)
    work = work_of(hasty_solution(found), found.stub)
    ask = asking(found, Materials(rehearsal=True), work.text)
    session = Session(best_sandbox, found, work, derive(SEED, "worker", found.id), "cpu", found.basis().probes)
    tapes: list[tuple[Check, Tape, Findings]] = []
    findings = Findings()
    try:
        for check in without_scores(found, found.load_checks(hidden=True)):
            session.begin(check.timeout or found.limits.check_s)
            tape, before = Tape(session), replace(findings, kept=dict(findings.kept), notes=list(findings.notes))
            try:
                ask(check, tape, findings)
            except NotGradable:
                continue
            tapes.append((check, tape, before))
    finally:
        session.close()
    broken = {}
    for check, tape, before in tapes:
        seen: set[str] = set()
        for place, request in enumerate(tape.asked):
            reply = tape.replies[place][0]
            # The same helper, asked anew, has the same form: twice is enough.
            name = f"{type(request).__name__} {getattr(request, 'path', '')}"
            if not is_harness(request) or not isinstance(reply, wire.Done) or name in seen:
                continue
            seen.add(name)
            for lie in lies_about(reply.value):
                kept = replace(before, kept=dict(before.kept), notes=list(before.notes))
                try:
                    ask(check, tape.played({place: lie}), kept)
                except (StudentFault, NotGradable):
                    continue
                except Exception as error:
                    broken[f"{check.id}: {name} answers {lie}"[:200]] = f"{type(error).__name__}: {error}"[:200]
    assert not broken, f"{len(broken)}: {list(broken.items())[:12]}"


HELPERS = b"""
class Looks(TypedDict):
    on: bool
    values: torch.Tensor | None

def looks(x) -> Looks: ...
def places() -> dict[str, list[str]]: ...
def model() -> nn.Module: ...
def pair() -> "tuple[int, float]": ...
def silent(x): ...
"""


def test_a_form_is_what_the_annotation_says() -> None:
    forms = forms_of(HELPERS)
    assert held_against({"X": ["cpu"]}, forms["places"]) == {"X": ["cpu"]}
    assert held_against([1, 2], forms["pair"]) == (1, 2.0)
    assert held_against({"on": True, "values": None}, forms["looks"]) == {"on": True, "values": None}
    assert "silent" not in forms
    for name, wrong in (
        ("places", {"X": None}),
        ("places", 5),
        ("looks", {"on": 1, "values": None}),
        ("looks", {"on": True}),
        ("looks", {"on": True, "values": [1.0]}),
        ("model", "a module"),
        ("pair", [1]),
    ):
        with pytest.raises(ValueError, match=r"."):
            held_against(wrong, forms[name])

"""Hidden checks of ex04: what fn met, whether the mechanisms differ, and what is left behind."""

from __future__ import annotations

import ast
from typing import Any

from grader import Answer, Inputs, Student, StudentRaised, Thing, check, expect, show

from .checks import CONTEXTS, STILL_A_GRAPH, SWITCHED_OFF, WAYS, Case, ask, new_case, shapes

TOO_LATE = "fn ran while autograd recorded it, so a graph was built: stop the recording before fn runs."
NEVER_CALLED = "fn was never called: its values must come from fn itself."
SWITCHED_ON = "You switch autograd on at the end, even if it was off before: `with` restores the old state."

MECHANISMS = {
    "inference": "run fn in inference mode",
    "no_grad": "switch autograd off around fn (as no_grad and set_grad_enabled(False) do, with or as decorators)",
    "switched off": "tell x itself not to require grad",
    "detach": "give fn a tensor that shares x's memory and does not require grad (as detach() and .data are)",
    "copy": "give fn a copy that autograd does not know",
}
TRACKED = "tracked"
SWITCHES = ("no_grad", "inference_mode", "set_grad_enabled", "_set_grad_enabled", "Function", "checkpoint")
UNKNOWN = (
    *SWITCHES, "detach", "detach_", "data", "requires_grad", "requires_grad_", "numpy", "tolist", "item", "float",
    "tensor", "as_tensor", "asarray", "array", "from_numpy", "frombuffer", "from_dlpack", "storage", "untyped_storage",
    "full", "load", "loads", "as_subclass", "_make_subclass", "__array__",
)  # fmt: skip
SPELLINGS: dict[str, tuple[str, ...]] = {
    "inference": ("inference_mode", "InferenceMode", "_InferenceMode"),
    "no_grad": SWITCHES,
    "switched off": ("requires_grad", "requires_grad_", "detach_", "data"),
    "detach": UNKNOWN,
    "copy": UNKNOWN,
}
"""Mechanism → the words of which a program that has it says at least one, in whatever spelling."""

THROWS = ("set_grad_enabled", "_set_grad_enabled")
"""What throws autograd's switch for good where it is called for itself."""
LEAVES = ("__exit__", "ExitStack")
"""What leaves a context, other than the end of its `with`."""


def mechanisms(student: Student, case: Case, answer: Answer) -> list[str]:
    """What each call of fn met: a key of MECHANISMS, or TRACKED."""
    seen: Any = student.probe("seen_by", case.fn).value
    readable = isinstance(seen, list) and all(isinstance(call, list) and len(call) == 5 for call in seen)
    expect.that(readable, f"{answer.question} left a record that the grader cannot read.")
    expect.that(bool(seen), f"During {answer.question} fn was not called.", mistake=NEVER_CALLED)
    return [_mechanism(*call) for call in seen]


def _mechanism(on: Any, inference: Any, requires_grad: Any, shared: Any, is_x: Any) -> str:
    if inference:
        return "inference"
    if not on:
        return "no_grad"
    if requires_grad:
        return TRACKED
    if is_x:
        return "switched off"
    return "detach" if shared else "copy"


def expect_said(student: Student, way: str, seen: str, question: str) -> None:
    """The source bears what fn met: in the worker anybody can say so."""
    reading = student.reading(way)
    fates, fn = reading.fates(1), reading.takes(0)
    # Who hands on x itself has detached no more than the result.
    borne = reading.says(*SPELLINGS[seen]) and (seen not in ("detach", "copy") or fates is None or fates != {fn})
    reading.expect(borne, f"{question} was seen to {MECHANISMS[seen]}")


def nothing_recorded(student: Student, inputs: Inputs, way: str) -> None:
    """While fn ran, autograd was off or fn's argument did not require grad."""
    for shape in shapes(inputs):
        case, answer = ask(student, inputs, way, shape)
        expect.that(
            not answer.value.requires_grad,
            f"{answer.question} returned a tensor that requires grad: {show(answer.value)}.",
            mistake=STILL_A_GRAPH,
        )
        met = mechanisms(student, case, answer)
        expect.that(
            TRACKED not in met,
            f"During {answer.question} autograd was on, and fn's argument required grad.",
            mistake=TOO_LATE,
        )
        for seen in dict.fromkeys(met):
            expect_said(student, way, seen, answer.question)


@check("way_1() records nothing while fn runs", points=1, after="values_1", kind="W", explain=CONTEXTS)
def untracked_1(student: Student, inputs: Inputs) -> None:
    nothing_recorded(student, inputs, "way_1")


@check("way_2() records nothing while fn runs", points=1, after="values_2", kind="W", explain=CONTEXTS)
def untracked_2(student: Student, inputs: Inputs) -> None:
    nothing_recorded(student, inputs, "way_2")


@check("way_3() records nothing while fn runs", points=1, after="values_3", kind="W", explain=CONTEXTS)
def untracked_3(student: Student, inputs: Inputs) -> None:
    nothing_recorded(student, inputs, "way_3")


@check(
    "the three ways are three different mechanisms", points=2, after=(untracked_1, untracked_2, untracked_3), kind="W"
)
def three_mechanisms(student: Student, inputs: Inputs) -> None:
    for shape in shapes(inputs):
        found: dict[str, str] = {}
        for way in WAYS:
            case, answer = ask(student, inputs, way, shape)
            own = mechanisms(student, case, answer)[-1]
            others = [other for other in found if found[other] == own]
            expect.that(
                not others,
                f"{' and '.join([*others, way])} both {MECHANISMS.get(own, own)}.",
                mistake="These are one mechanism in two spellings: find another one.",
            )
            found[way] = own
            if own != TRACKED:
                expect_said(student, way, own, answer.question)


@check(
    "autograd is on afterwards if it was on, and off if it was off",
    points=1,
    after=("values_1", "values_2", "values_3"),
    kind="W",
)
def switch_as_before(student: Student, inputs: Inputs) -> None:
    for way in WAYS:
        function = getattr(student, way).get().value
        expect.that(
            isinstance(function, Thing) and function.callable, f"{way} is {show(function)}; expected a function."
        )
        for on in (True, False):
            case = new_case(student, inputs, 3)
            question = f"{way}({case.fn}, {case.x})"
            try:
                left = student.probe("switch_after", function, case.fn, case.x, on).value
            except StudentRaised as fault:
                raise StudentRaised(fault.raised, question) from None
            expect.that(
                left is on,
                f"Autograd was {'on' if on else 'off'} before {question}, and is {'on' if left else 'off'} afterwards.",
                mistake=SWITCHED_OFF if on else SWITCHED_ON,
            )
        expect_put_back(student, way)


def expect_put_back(student: Student, way: str) -> None:
    """The source leaves the switch to nobody: how it is afterwards, only the worker says."""
    reading = student.reading(way)
    # A switch that is last thrown to a fixed side cannot be both on after on and off after off.
    fixed = isinstance(reading.leaves(*THROWS), ast.Constant) and not reading.says(*LEAVES)
    open_context = reading.says("__enter__") and not reading.says(*LEAVES, *THROWS)
    reading.expect(not fixed and not open_context, f"After {way}(fn, x) autograd was seen to be as before")

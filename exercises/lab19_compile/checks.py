"""Public checks of lab19: a backend that is passed on, answers that stay, a gap, graph breaks, and names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from grader import Answer, Handle, Inputs, Student, check, expect

Array = np.ndarray[Any, Any]

RTOL, ATOL = 1e-3, 1e-4
SIZES = (3, 5, 2)
LAYERS = (("Linear", 3, 5), ("ReLU",), ("Linear", 5, 2))

NOT_PASSED_ON = "The backend has seen no graph: pass it on to torch.compile, and return what that returns."
FULL_GRAPH = "fullgraph=True makes an error of every graph break: leave it out, and Python decides in between."
NO_DEVICE = "torch.compile has no device: what makes programs of the graphs is called its backend."
RAISES = {
    "Unsupported": FULL_GRAPH,
    "TypeError: unexpected keyword argument 'device'": NO_DEVICE,
}

SIGNED = "That is the largest difference with its sign: take its absolute value first."
MEAN_GAP = "That is the mean of the absolute differences: the largest is asked for."
SUM_GAP = "That is the sum of the absolute differences: the largest is asked for."
SQUARED = "That is squared: the absolute difference is asked for."
EACH = "One number is asked for: the largest of them all."

GRAPHS = "These are the graphs: a break lies between two of them."
TOO_MANY = "There is one break fewer than there are graphs: count the breaks, and nothing else."
NONE_MET = "Dynamo meets a break there, if it is Dynamo that runs the function on the example."
KEPT = "The second time less was compiled: torch._dynamo.reset() makes Dynamo forget what it has kept."
ADDED_UP = "Breaks of earlier functions are counted, too: begin anew in every call."

PREFIX = "The names begin with _orig_mod., as the wrapper has them: take that beginning off, and no plain model minds."
NO_BUFFERS = "Buffers are missing: BatchNorm's averages are in the state, and no parameters."
EATEN = "More than the beginning is gone: str.lstrip takes letters off, str.removeprefix a word."


def network(inputs: Inputs) -> dict[str, Array]:
    """Random parameters for LAYERS."""
    shapes = {"0.weight": (5, 3), "0.bias": (5,), "2.weight": (2, 5), "2.bias": (2,)}
    return {name: inputs.normal(*shape) for name, shape in shapes.items()}


def output(state: dict[str, Array], x: Array) -> Array:
    """What the network gives, float64."""
    hidden = np.maximum(x.astype("float64") @ state["0.weight"].T + state["0.bias"], 0)
    return np.asarray(hidden @ state["2.weight"].T + state["2.bias"])


def in_worker(student: Student, state: dict[str, Array], called: str = "model") -> Handle:
    """The network, in the worker."""
    return student.make("model", [list(layer) for layer in LAYERS], state, called=called)


def compiled(student: Student, model: Handle, backend: Any) -> Handle:
    """What the student's function makes of a model."""
    made = student.compiled.new(model, backend)
    nothing = "Your function returned None: hand the compiled model back with `return`."
    expect.that(made.thing.type_name != "NoneType", f"{made.name} returned None; expected a model.", mistake=nothing)
    return made


@check("compiled() passes the backend on", points=1, kind="W", explain=RAISES)
def passed_on(student: Student, inputs: Inputs) -> None:
    backend = student.make("counting", called="a backend that counts graphs")
    made = compiled(student, in_worker(student, network(inputs)), backend)
    made.forward(inputs.normal(4, 3))
    graphs: Any = student.probe("graphs_of", backend).value
    expect.that(graphs != 0, f"{made.name} was called, and its backend has seen 0 graphs.", mistake=NOT_PASSED_ON)


@check("compiled() gives what the model gives, for several batch sizes", points=2, after="passed_on", explain=RAISES)
def same_answers(student: Student, inputs: Inputs) -> None:
    for sizes in ((4, 7, 1), (3,)):
        state = network(inputs)
        made = compiled(student, in_worker(student, state), "eager")
        for size in sizes:
            x = inputs.normal(size, 3)
            expect.close(made.forward(x), output(state, x), rtol=RTOL, atol=ATOL)


def expect_gap(student: Student, inputs: Inputs, sign: int) -> None:
    """max_gap() of two networks whose largest difference has this sign, and clearly so."""
    while True:
        one, other, x = network(inputs), network(inputs), inputs.normal(6, 3)
        apart = output(one, x) - output(other, x)
        largest = float(np.abs(apart).max())
        if sign * apart.max() > 0 and (sign * apart).max() == largest and (-sign * apart).max() < 0.9 * largest:
            break
    expect.close(
        student.max_gap(in_worker(student, one), in_worker(student, other, "other"), x),
        largest,
        rtol=RTOL,
        mistakes={
            SIGNED: lambda got: any(abs(float(got) - end) < RTOL * largest for end in signed_ends(apart)),
            MEAN_GAP: float(np.abs(apart).mean()),
            SUM_GAP: float(np.abs(apart).sum()),
            SQUARED: largest**2,
            EACH: lambda got: got.shape in (apart.shape, (apart.shape[0],), (apart.shape[1],)),
        },
    )


def signed_ends(apart: Array) -> tuple[float, ...]:
    """What whoever forgets the absolute value may take for the largest difference."""
    return tuple(float(end) for end in (apart.max(), apart.min(), -apart.max(), -apart.min()))


@check("max_gap() is the largest absolute difference of two models", points=1)
def gap(student: Student, inputs: Inputs) -> None:
    expect_gap(student, inputs, 1)


def expect_breaks(student: Student, inputs: Inputs, known: Sequence[tuple[str, int, int]]) -> None:
    """count_breaks() of these functions, one after the other: (name in probes.py, breaks, graphs)."""
    answers = []
    for name, _, _ in known:
        fn = student.make("function", name, called=f"a function that {PLAINLY[name]}")
        answers.append(student.count_breaks(fn, inputs.normal(4, 3) + inputs.choice((-2, 2))))
    named = mistaken_series(answers, known)
    for place, (answer, (name, count, graphs)) in enumerate(zip(answers, known, strict=True)):
        fewer: dict[str, Any] = {NONE_MET: 0} if count else {}
        if any(name == earlier for earlier, _, _ in known[:place]):  # the right number then; another branch is compiled
            fewer = {KEPT: lambda got, count=count: isinstance(got, int) and got < count}
        expect.close(
            answer,
            count,
            mistakes={
                **({named: lambda got: True} if named else {}),
                **fewer,
                TOO_MANY: lambda got, graphs=graphs: isinstance(got, int) and got > graphs,
            },
        )


def mistaken_series(answers: Sequence[Answer], known: Sequence[tuple[str, int, int]]) -> str | None:
    """The mistake that all answers together tell: one alone may be the number of something else by chance."""
    values = [answer.value if type(answer.value) is int else -1 for answer in answers]
    if values == [graphs for _, _, graphs in known]:
        return GRAPHS
    counts = [count for _, count, _ in known]
    if len(counts) > 2 and values != counts and np.array_equal(np.diff(values), counts[1:]):
        return ADDED_UP
    return None


PLAINLY = {
    "whole": "only computes",
    "prints": "prints once",
    "by_rows": "goes through the rows",
    "decides": "has an if on a tensor's numbers",
    "two_prints": "prints twice",
    "decides_twice": "has two ifs on a tensor's numbers",
    "three_breaks": "breaks the graph three times",
    "prints_and_decides": "prints, and has an if on a tensor's numbers",
}
"""Name in probes.py → what the function does, in a student's words."""


@check("count_breaks() finds the break where a function prints, and none where it computes", points=1)
def breaks(student: Student, inputs: Inputs) -> None:
    expect_breaks(student, inputs, (("whole", 0, 1), ("prints", 1, 2)))


@check("plain_state() has the plain model's names and values", points=1)
def plain(student: Student, inputs: Inputs) -> None:
    n_in, n_hidden, n_out = SIZES
    state = {
        "dim.weight": inputs.normal(n_hidden, n_in),
        "dim.bias": inputs.normal(n_hidden),
        "mood.weight": inputs.normal(n_hidden),
        "mood.bias": inputs.normal(n_hidden),
        "mood.running_mean": inputs.normal(n_hidden),
        "mood.running_var": inputs.uniform(n_hidden, low=0.5, high=2),
        "mood.num_batches_tracked": np.array(inputs.integer(2, 90)),
        "rim.weight": inputs.normal(n_out, n_hidden),
        "rim.bias": inputs.normal(n_out),
    }
    made = student.make("named", list(SIZES), state, called="a compiled model")
    parameters = {name for name in state if name.endswith(("weight", "bias"))}
    answer = student.plain_state(made)
    expect.close(
        Answer(answer.value, answer.question),
        state,
        mistakes={
            PREFIX: lambda got: set(got) == {f"_orig_mod.{name}" for name in state},
            NO_BUFFERS: lambda got: {name.removeprefix("_orig_mod.") for name in got} == parameters,
            EATEN: lambda got: set(got) == {name.lstrip("_orig_mod.") for name in state},  # noqa: B005 - the mistake
        },
    )

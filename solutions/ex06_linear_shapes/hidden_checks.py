"""Hidden checks of ex06: other layers, and inputs of every shape. The truth is the formula of the public checks."""

from __future__ import annotations

from grader import Inputs, Student, check

from .checks import RAISES, Shape, ask_output, expect_facts, expect_output


@check("linear_facts() is right for layers of random sizes", points=2, after="known_facts")
def random_facts(student: Student, inputs: Inputs) -> None:
    for n_in, n_out in [*(sizes(inputs) for _ in range(4)), (inputs.integer(20, 60), 1), (1, inputs.integer(20, 60))]:
        expect_facts(student.linear_facts(n_in, n_out), n_in, n_out)


def sizes(inputs: Inputs, low: int = 20, high: int = 60) -> tuple[int, int]:
    """n_in and n_out, different, so that no shape is right by accident."""
    n_in, n_out = inputs.integers(2, low, high)
    return n_in, n_out


@check("output_shape() is right for inputs of any shape", points=4, explain=RAISES)
def random_shapes(student: Student, inputs: Inputs) -> None:
    n_in, n_out = sizes(inputs)
    every = [*taken(inputs, n_in), *refused(inputs, n_in, n_out)]
    answers = {shape: ask_output(student, n_in, n_out, shape) for shape in inputs.sample(every, len(every))}
    # Asked in any order, judged in one: what the layer takes comes first.
    for shape in every:
        expect_output(answers[shape], n_in, n_out, shape)
    for _ in range(4):
        n_in, n_out = sizes(inputs, 300, 400)
        for shape in (inputs.choice(taken(inputs, n_in)), inputs.choice(refused(inputs, n_in, n_out))):
            expect_output(ask_output(student, n_in, n_out, shape), n_in, n_out, shape)


def taken(inputs: Inputs, n_in: int) -> list[Shape]:
    """Inputs that the layer takes; the leading sizes are unlike n_in."""
    a, b, c = inputs.integers(3, 2, 9)
    return [(n_in,), (a, n_in), (1, n_in), (a, b, n_in), (a, b, c, n_in), (0, n_in), (a, 0, n_in), (n_in, n_in)]


def refused(inputs: Inputs, n_in: int, n_out: int) -> list[Shape]:
    """Inputs that it refuses, most of them with n_in or n_out somewhere."""
    a, b = inputs.integers(2, 2, 9)
    elsewhere = [(n_in, a), (n_in, a, b), (a, n_in, b), (n_in, 0), (a, n_out)]
    return [(), (n_in + 1,), (a, n_in - 1), *elsewhere, (0,)]

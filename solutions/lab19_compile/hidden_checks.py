"""Hidden checks of lab19: a branch, differences of either sign, and functions with other breaks."""

from __future__ import annotations

from grader import Inputs, Student, check, expect

from .checks import RAISES, compiled, expect_breaks, expect_gap


@check("compiled() is right on both branches of a gate", points=1, after="passed_on", explain=RAISES)
def both_branches(student: Student, inputs: Inputs) -> None:
    t, a, b = inputs.number(-1, 1), inputs.number(2, 3), inputs.number(1, 2)
    student.probe("forget")
    made = compiled(student, student.make("gate", t, a, b, called="Gate"), "eager")
    for side in inputs.sample((1, -1, 1, -1), 4):
        x = inputs.normal(4, 3)
        x += (t + side * inputs.number(1, 3) - x.sum()) / x.size
        expect.close(made.forward(x), x * a if side > 0 else x - b)


@check("max_gap() is right whichever model gives more", points=1, after="gap")
def gap_of_either_sign(student: Student, inputs: Inputs) -> None:
    for sign in inputs.sample((1, -1, 1, -1), 4):
        expect_gap(student, inputs, sign)


@check("count_breaks() is right for other functions, one after the other", points=2, after="breaks")
def more_breaks(student: Student, inputs: Inputs) -> None:
    known = (
        ("decides", 1, 2),
        ("by_rows", 0, 1),
        ("two_prints", 2, 3),
        ("three_breaks", 3, 4),
        ("prints_and_decides", 2, 3),
        ("decides_twice", 2, 3),
    )
    drawn = inputs.sample(known, 4)
    # And one of them again: what Dynamo has kept of it is no excuse.
    expect_breaks(student, inputs, [*drawn, next(one for one in drawn if one[1])])

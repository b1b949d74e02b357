from __future__ import annotations

import math

from grader import Inputs, Student, check, expect, expression


@check("gradient_at matches calculus at random points", points=4, after="one_point")
def many_points(student: Student, inputs: Inputs) -> None:
    for x, y in inputs.points(8, low=-2, high=2):
        c = math.cos(x * x * y)
        truth = (2 * x * y * c, x * x * c)
        expect.close(
            student.gradient_at(x, y),
            truth,
            atol=1e-3,
            mistakes={"You returned (∂f/∂y, ∂f/∂x): they are swapped.": truth[::-1]},
        )


@check("gradient works for any function", points=3)
def any_function(student: Student, inputs: Inputs) -> None:
    a, b = expression.variable(0), expression.variable(1)
    f = (expression.sin(a * b) + expression.straight_through(a)).function(3)
    point = inputs.numbers(3, -2, 2)
    expect.close(student.gradient(f, *point), f.gradient(point), atol=1e-3)

"""Hidden checks of ex13: other points, other functions, and the same point twice."""

from __future__ import annotations

from grader import Inputs, Student, check, difference, expect, expression

from .checks import ACCUMULATED, IS_NONE, NONE_WAS_READ, NOT_FLOAT, TOLERANCE, has_grown, mistakes_at, partials

ESTIMATED = "This estimates the slope from nearby values: use autograd, which also knows the slope of flat steps."


@check("gradient_at() matches calculus at 8 random points", points=3, after="known_point", explain=NOT_FLOAT)
def random_points(student: Student, inputs: Inputs) -> None:
    asked_before = partials(1.2, 3.4)  # by known_point, which this check comes after
    for x, y in telling_points(inputs, 8):
        truth = partials(x, y)
        known = {
            ACCUMULATED: tuple(now + before for now, before in zip(truth, asked_before, strict=True)),
            "This is the gradient at (1.2, 3.4): compute it for the x and y that you are given.": partials(1.2, 3.4),
            **mistakes_at(x, y),
        }
        expect.close(student.gradient_at(x, y), truth, rtol=TOLERANCE, atol=TOLERANCE, mistakes=known)


def telling_points(inputs: Inputs, count: int) -> list[tuple[float, ...]]:
    """Points where no mistake looks right: the partials are neither small nor alike. Both signs occur."""
    found: list[tuple[float, ...]] = []
    while len(found) < count:
        (point,) = inputs.points(1, low=-2, high=2)
        gx, gy = partials(*point)
        if min(abs(gx), abs(gy)) > 0.2 and abs(gx - gy) > 0.3:
            found.append(point)
    return found


UNUSED = "A variable that f does not use has the derivative 0.0: its .grad is None."


@check(
    "gradient() differentiates any function of 1 to 4 variables",
    points=3,
    explain={**NOT_FLOAT, "RuntimeError: allow_unused": UNUSED},
)
def any_function(student: Student, inputs: Inputs) -> None:
    # First the one that uses all of its variables: what raises there is no matter of unused ones.
    for arity in (1, *inputs.sample([2, 3, 4], 3)):
        f = random_function(inputs, arity)
        point = inputs.numbers(arity, -1.5, 1.5)
        truth = f.gradient(point)
        nothing = UNUSED if arity > 1 else IS_NONE
        with expect.explained({key.partition(": ")[2]: nothing for key in NONE_WAS_READ}):
            answer = student.gradient(f, *point)
        expect.close(
            answer,
            truth,
            rtol=TOLERANCE,
            atol=TOLERANCE,
            mistakes={
                "The derivatives are in reverse order: return them in the order of the arguments.": truth[::-1],
                ESTIMATED: lambda got, f=f, point=point: _looks_estimated(got, f, point),
                nothing: lambda got: isinstance(got, list | tuple) and None in got,
            },
        )


def random_function(inputs: Inputs, arity: int) -> expression.Function:
    """A smooth part and a step that has a slope for autograd alone; from two variables on, one is unused."""
    used = inputs.sample(range(arity), max(1, arity - 1))
    first, last = expression.variable(used[0]), expression.variable(used[-1])
    inner: expression.Expression = inputs.number(0.5, 1.5) * first * last + inputs.number(-1, 1)
    outer = inputs.choice((expression.sin, expression.cos, expression.tanh))
    smooth = outer(inner) + expression.square(first) * inputs.number(0.3, 0.9)
    for index in used[1:-1]:
        smooth = smooth + expression.exp(expression.variable(index)) * last
    return (smooth + inputs.number(1, 3) * expression.straight_through(first)).function(arity)


def _looks_estimated(got: object, f: expression.Function, point: list[float]) -> bool:
    """Whether the answer is what central differences see, to whom the step is flat."""

    def value(at: list[float]) -> float:
        return f.expression.value_and_gradient(at)[0]

    width = 1e-5
    slopes = [
        (
            value([*point[:i], point[i] + width, *point[i + 1 :]])
            - value([*point[:i], point[i] - width, *point[i + 1 :]])
        )
        / (2 * width)
        for i in range(len(point))
    ]
    return difference(got, slopes, rtol=0.1, atol=0.1) is None


@check("the same question twice has the same answer", points=1, after="known_point", explain=NOT_FLOAT)
def same_answer_twice(student: Student, inputs: Inputs) -> None:
    ((x, y),) = telling_points(inputs, 1)
    truth = partials(x, y)
    first, second = student.gradient_at(x, y), student.gradient_at(x, y)
    for answer in (first, second):
        expect.close(
            answer,
            truth,
            rtol=TOLERANCE,
            atol=TOLERANCE,
            mistakes={ACCUMULATED: has_grown(first.value, second.value, truth)}
            if _are_numbers(first.value) and _are_numbers(second.value)
            else None,
        )


def _are_numbers(value: object) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(item, int | float) for item in value)

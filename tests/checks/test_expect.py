"""Expectations: the sentence a student reads, the mistake that is named, and the evidence."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from grader.checks import expect
from grader.checks.evidence import Answer, Tensor, Thing
from grader.errors import CheckFailed

SWAPPED = "The two partial derivatives are swapped."
NONE = "Your function returned None: hand the result back with `return` (printing it is not enough)."


def answer(value: Any, question: str = "f(1.5)") -> Answer:
    return Answer(value, question)


def tensor(values: Any, dtype: str = "float32", **more: Any) -> Tensor:
    return Tensor(np.array(values, dtype), dtype, **more)


def failure(*args: Any, how: Any = expect.close, **kwargs: Any) -> CheckFailed:
    """The failure that an expectation raises."""
    with pytest.raises(CheckFailed) as caught:
        how(*args, **kwargs)
    return caught.value


def test_a_right_answer_raises_nothing() -> None:
    expect.close(answer((1.0, 2.0)), [1, 2])
    expect.equal(answer("cpu"), "cpu")
    expect.that(True, "never read")
    expect.that(bool(np.bool_(True)), "never read")


SENTENCES: list[tuple[Any, Any, str]] = [
    (2.0, 3.0, "f(1.5) returned 2; expected 3."),
    ((1.0, 2.0), (2.0, 1.0), "f(1.5) returned (1, 2); expected (2, 1)."),
    (None, 3.0, "f(1.5) returned None; expected 3. That is None, not a number."),
    ("gpu", "cpu", "f(1.5) returned 'gpu'; expected 'cpu'."),
    (3, "cpu", "f(1.5) returned 3; expected 'cpu'. That is an int, not a text (str)."),
    (math.nan, 3.0, "f(1.5) returned nan; expected 3. That is not a number (NaN)."),
    (
        tensor(np.zeros((3, 5))),
        np.zeros((5, 3)),
        "f(1.5) returned a tensor of shape (3, 5); expected a tensor of shape (5, 3). Its shape is (3, 5), not (5, 3).",
    ),
    (1 / 3, 0.3333, "f(1.5) returned 0.333333; expected 0.3333."),
    ({"a": 1}, {"a": 1, "b": 2}, "f(1.5) returned {'a': 1}; expected {'a': 1, 'b': 2}. It lacks the key 'b'."),
]


@pytest.mark.parametrize(("got", "expected", "sentence"), SENTENCES, ids=[s for *_, s in SENTENCES])
def test_the_sentence_reads(got: Any, expected: Any, sentence: str) -> None:
    found = failure(answer(got), expected, rtol=0, atol=0)
    assert found.message == sentence


def test_a_name_is_where_a_call_returns() -> None:
    assert failure(answer(2, "PREDICT['a']"), 3).message == "PREDICT['a'] is 2; expected 3."
    question = "the gradient of the parameter of shape (5, 3)"
    assert failure(answer(2, question), 3).message == f"{question} is 2; expected 3."


def test_values_that_look_alike_are_shown_with_all_their_digits() -> None:
    found = failure(answer(0.1 + 0.2), 0.3, how=expect.equal)
    assert found.message == "f(1.5) returned 0.30000000000000004; expected 0.3."
    assert found.evidence == {"asked": "f(1.5)", "got": "0.30000000000000004", "expected": "0.3"}


def test_equal_allows_no_rounding_at_all() -> None:
    expect.close(answer(1.0 + 1e-7), 1.0)
    failure(answer(1.0 + 1e-7), 1.0, how=expect.equal)
    failure(answer(tensor([1.0 + 1e-6])), np.array([1.0]), how=expect.equal)


def test_a_mistake_is_named_by_the_value_that_it_gives() -> None:
    mistakes = {"Something else.": (9.0, 9.0), SWAPPED: (2.0, 1.0)}
    assert failure(answer((2.0, 1.0)), (1.0, 2.0), mistakes=mistakes).mistake == SWAPPED
    assert failure(answer(tensor([2.0, 1.0])), (1.0, 2.0), mistakes=mistakes).mistake == SWAPPED
    assert failure(answer((2.0, 1.5)), (1.0, 2.0), mistakes=mistakes).mistake is None


def test_the_first_mistake_that_fits_is_named() -> None:
    mistakes = {"The first.": 2.0, "The second.": 2.0}
    assert failure(answer(2.0), 1.0, mistakes=mistakes).mistake == "The first."


def test_a_mistake_may_be_a_predicate() -> None:
    mistakes = {"It is negative.": lambda value: value < 0}
    assert failure(answer(-1.0), 1.0, mistakes=mistakes).mistake == "It is negative."
    assert failure(answer(2.0), 1.0, mistakes=mistakes).mistake is None


@pytest.mark.parametrize("value", ["text", None, [], {}, Thing(0, "Dense", "Dense()"), tensor([1.0, 2.0]), 10**399])
def test_a_predicate_that_cannot_read_the_answer_does_not_break_the_check(value: Any) -> None:
    mistakes = {"Never.": lambda value: value[0]["key"] + math.sqrt(value) > 0 or value.shape}
    found = failure(answer(value), 1.0, mistakes=mistakes)
    assert found.mistake in (None, NONE)
    assert failure(answer(value), how=expect.tensor, shape=(1,), mistakes=mistakes).mistake in (None, NONE)


def test_common_mistakes_are_named_without_being_asked() -> None:
    assert failure(answer(None), 3.0).mistake == NONE
    assert failure(answer(None), np.zeros(3)).mistake == NONE
    function = Thing(0, "function", "<function f>", callable=True)
    assert failure(answer(function), 3.0).mistake == "You returned the function itself: call it with parentheses."
    kind = Thing(0, "type", "<class 'torch.nn.ReLU'>", ("builtins.type", "builtins.object"), callable=True)
    assert (
        failure(answer(kind), 3.0).mistake == "You returned the class itself: make an object of it, with parentheses."
    )
    dots = Thing(0, "ellipsis", "Ellipsis")
    assert failure(answer(dots), 3.0).mistake == "The stub's `...` is still there: write your solution in its place."


def test_none_for_the_right_value_is_no_general_mistake() -> None:
    assert failure(answer(3), None).mistake is None


def test_that_carries_its_words() -> None:
    found = failure(False, "x changed.", how=expect.that, mistake="Clone it.", evidence={"asked": "f(x)"})
    assert (found.message, found.mistake, found.evidence) == ("x changed.", "Clone it.", {"asked": "f(x)"})


def test_tensor_gives_the_tensor() -> None:
    value = tensor(np.zeros((3, 5)))
    assert expect.tensor(answer(value), shape=(3, 5), dtype="float32") is value
    assert expect.tensor(answer(tensor(1.0)), shape=()).shape == ()


TENSORS: list[tuple[Any, dict[str, Any], str]] = [
    (None, {}, "f(1.5) returned None; expected a tensor. That is None, not a tensor."),
    (1.0, {"shape": ()}, "f(1.5) returned 1; expected a tensor of shape (). That is a float, not a tensor."),
    ([1.0], {}, "f(1.5) returned [1]; expected a tensor. That is a list, not a tensor."),
    (
        tensor([1.0], is_array=True),
        {},
        "f(1.5) returned array([1]); expected a tensor. That is a NumPy array of shape (1,), not a tensor.",
    ),
    (
        tensor([1.0]),
        {"shape": (2,)},
        "f(1.5) returned tensor([1]); expected a tensor of shape (2,). Its shape is (1,), not (2,).",
    ),
    (
        tensor([1.0]),
        {"shape": (1,), "dtype": "int64"},
        "f(1.5) returned tensor([1]); expected a tensor of shape (1,), dtype int64. Its dtype is float32, not int64.",
    ),
]


@pytest.mark.parametrize(("value", "wanted", "sentence"), TENSORS, ids=[s for *_, s in TENSORS])
def test_tensor_says_what_it_got_instead(value: Any, wanted: dict[str, Any], sentence: str) -> None:
    assert failure(answer(value), how=expect.tensor, **wanted).message == sentence


def test_number_gives_the_number() -> None:
    assert expect.number(answer(3)) == 3.0
    assert expect.number(answer(tensor(0.5))) == 0.5


def test_number_refuses_what_is_none() -> None:
    found = failure(answer(True), how=expect.number)
    assert found.message == "f(1.5) returned True; expected a number. That is a bool, not a number."
    assert failure(answer(None), how=expect.number).mistake == NONE
    failure(answer(tensor([1.0])), how=expect.number)
    failure(answer("1"), how=expect.number)


def test_two_tensors_that_are_shown_alike_are_told_apart_by_what_differs() -> None:
    answer = Answer(Tensor(np.zeros((4, 5), "float32"), "float32"), "f(x)")
    with pytest.raises(CheckFailed) as caught:
        expect.close(answer, np.ones((4, 5), "float32"))
    assert str(caught.value).startswith("f(x) returned a tensor of shape (4, 5), but 20 of 20 values are wrong")


def test_a_truth_may_be_nested_and_a_mistake_too() -> None:
    ones = np.ones((2, 3))
    truth, threes = (1.5, [ones, {"b": (2, True)}]), (1.5, [ones, {"b": (3, True)}])
    expect.close(answer([1.5, (tensor(ones), {"b": [2, True]})]), truth)
    assert (
        failure(answer((1.5, [tensor(ones), {"b": (3, True)}])), truth, mistakes={"Threes.": threes}).mistake
        == "Threes."
    )


@pytest.mark.parametrize("given", [0.25, tensor(0.25), tensor([0.25])])
def test_a_tensor_of_one_number_may_stand_for_it_where_a_check_lets_it(given: Any) -> None:
    truth = np.float64(0.25)
    expect.close(answer(given), truth.reshape(1) if getattr(given, "shape", ()) == (1,) else truth)


def test_by_itself_it_may_not() -> None:
    assert "of shape (1,), not a number" in failure(answer(tensor([0.25])), 0.25).message

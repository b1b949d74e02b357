"""What may stand for what, what never does, and how a difference reads."""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from patience import costs_at_most

from grader.checks.compare import Aspect, Difference, difference, number_of, show, show_both, type_of
from grader.checks.evidence import Tensor, Thing


def tensor(values: Any, dtype: str = "float32", **more: Any) -> Tensor:
    """Evidence of a tensor."""
    return Tensor(np.array(values, dtype), dtype, **more)


def meta(*shape: int, dtype: str = "float32") -> Tensor:
    return Tensor(np.broadcast_to(np.full((), np.nan, "float32"), shape), dtype, device="meta", meta=True)


FUNCTION = Thing(0, "function", "<function f>", callable=True)

RIGHT: dict[str, tuple[Any, Any]] = {
    "a_0_dim_tensor_counts_as_a_number": (tensor(3.0), 3.0),
    "a_0_dim_float64_tensor_counts_as_a_number": (tensor(3.0, "float64"), 3.0),
    "a_0_dim_int_tensor_counts_as_a_number": (tensor(3, "int64"), 3),
    "a_0_dim_array_counts_as_a_number": (tensor(3.0, "float64", is_array=True), 3.0),
    "a_0_dim_tensor_that_requires_grad_counts_as_a_number": (tensor(3.0, requires_grad=True), 3.0),
    "an_int_counts_as_a_float": (3, 3.0),
    "a_float_counts_as_an_int": (3.0, 3),
    "a_float32_rounding_is_no_difference": (float(np.float32(0.1)), 0.1),
    "negative_zero_is_zero": (-0.0, 0.0),
    "a_numpy_float_is_a_fine_truth": (0.5, np.float32(0.5)),
    "a_numpy_int_is_a_fine_truth": (5, np.int64(5)),
    "a_numpy_bool_is_a_fine_truth": (True, np.bool_(True)),
    "nan_equals_nan_where_nan_is_right": (math.nan, math.nan),
    "inf_equals_inf_where_inf_is_right": (-math.inf, -math.inf),
    "a_list_counts_as_a_tuple": ([1.0, 2.0], (1.0, 2.0)),
    "a_tuple_counts_as_a_list": ((1.0, 2.0), [1.0, 2.0]),
    "a_tuple_of_0_dim_tensors_counts_as_numbers": ((tensor(1.0), tensor(2.0, "float64")), [1.0, 2.0]),
    "a_1_dim_tensor_counts_as_a_list_of_numbers": (tensor([1.0, 2.0]), [1.0, 2.0]),
    "an_array_counts_as_a_list_of_numbers": (tensor([1.0, 2.0], "float64", is_array=True), (1.0, 2.0)),
    "an_int_tensor_counts_as_a_list_of_floats": (tensor([1, 2], "int64"), [1.0, 2.0]),
    "a_bool_tensor_counts_as_a_list_of_bools": (tensor([True, False], "bool"), [True, False]),
    "a_2_dim_tensor_counts_as_a_list_of_lists": (tensor([[1.0, 2.0], [3.0, 4.0]]), [[1, 2], (3, 4)]),
    "a_stacked_tensor_counts_as_a_list_of_arrays": (tensor([[1.0, 2.0]]), [np.array([1.0, 2.0])]),
    "a_one_element_tensor_counts_as_a_list_of_one": (tensor([7.0]), [7.0]),
    "an_empty_tensor_counts_as_an_empty_list": (tensor([]), []),
    "an_empty_tuple_counts_as_an_empty_list": ((), []),
    "nested_sequences_may_mix_list_and_tuple": ([(1, 2), [tensor(3.0)]], ([1, 2], (3,))),
    "a_range_is_a_fine_truth": ([0, 1, 2], range(3)),
    "a_number_counts_as_a_0_dim_array": (3.0, np.array(3.0)),
    "a_0_dim_tensor_counts_as_a_0_dim_array": (tensor(3.0), np.array(3.0)),
    "a_float64_tensor_counts_as_a_float32_one": (tensor([1.0], "float64"), np.array([1.0], "float32")),
    "a_numpy_array_counts_as_a_tensor": (tensor([1.0], "float64", is_array=True), np.array([1.0])),
    "an_int_tensor_counts_as_a_float_array": (tensor([1, 2], "int64"), np.array([1.0, 2.0])),
    "a_bfloat16_tensor_is_read": (Tensor(np.array([1.5], "float32"), "bfloat16"), np.array([1.5])),
    "an_empty_tensor_equals_an_empty_array_of_its_shape": (tensor(np.zeros((0, 3))), np.zeros((0, 3))),
    "nan_in_a_tensor_where_nan_is_right": (tensor([math.nan, 1.0]), np.array([math.nan, 1.0])),
    "inf_in_a_tensor_where_inf_is_right": (tensor([-math.inf]), np.array([-math.inf])),
    "a_bool_tensor_equals_a_bool_array": (tensor([True], "bool"), np.array([True])),
    "a_0_dim_bool_tensor_counts_as_a_bool": (tensor(True, "bool"), True),
    "another_answers_tensor_is_a_fine_truth": (tensor([1.0]), tensor([1.0])),
    "a_dict_in_another_order": ({"b": 2, "a": 1}, {"a": 1, "b": 2}),
    "a_dict_of_tensors": ({"w": tensor([1.0])}, {"w": np.array([1.0])}),
    "a_dict_of_nested_answers": ({"a": {"b": (1, 2)}}, {"a": {"b": [1, 2]}}),
    "a_list_counts_as_a_set": (["b", "a"], {"a", "b"}),
    "a_list_with_repetitions_counts_as_a_set": (["a", "a"], {"a"}),
    "a_list_of_tuples_counts_as_a_set": ([(1, 2)], {(1, 2)}),
    "a_set_counts_as_a_frozenset": ({"a"}, frozenset({"a"})),
    "equal_texts": ("cpu", "cpu"),
    "equal_bytes": (b"x", b"x"),
    "none": (None, None),
    "a_huge_int": (10**300, 10**300),
    "an_int_beyond_float64": (10**399, 10**399),
}


@pytest.mark.parametrize("name", RIGHT)
def test_right_but_unusual(name: str) -> None:
    got, expected = RIGHT[name]
    assert difference(got, expected) is None


WRONG: dict[str, tuple[Any, Any, Aspect]] = {
    "a_bool_is_no_number": (True, 1.0, Aspect.TYPE),
    "a_0_dim_bool_tensor_is_no_number": (tensor(True, "bool"), 1.0, Aspect.TYPE),
    "a_number_is_no_bool": (1, True, Aspect.TYPE),
    "a_0_dim_float_tensor_is_no_bool": (tensor(1.0), True, Aspect.TYPE),
    "a_bool_tensor_is_no_list_of_numbers": (tensor([True], "bool"), [1.0], Aspect.TYPE),
    "a_float_tensor_is_no_list_of_bools": (tensor([1.0]), [True], Aspect.TYPE),
    "a_bool_tensor_is_no_float_array": (tensor([True], "bool"), np.array([1.0]), Aspect.DTYPE),
    "a_float_tensor_is_no_bool_array": (tensor([1.0]), np.array([True]), Aspect.DTYPE),
    "a_bool_in_a_set_is_no_number": ({True}, {1}, Aspect.VALUE),
    "a_text_is_no_number": ("3.0", 3.0, Aspect.TYPE),
    "none_is_no_number": (None, 0.0, Aspect.TYPE),
    "none_is_no_list": (None, [], Aspect.TYPE),
    "none_is_no_tensor": (None, np.zeros(0), Aspect.TYPE),
    "zero_is_not_none": (0, None, Aspect.TYPE),
    "an_object_is_not_none": (FUNCTION, None, Aspect.TYPE),
    "a_function_is_no_number": (FUNCTION, 3.0, Aspect.TYPE),
    "nan_is_no_answer": (math.nan, 3.0, Aspect.NAN),
    "a_number_is_not_nan": (3.0, math.nan, Aspect.VALUE),
    "nan_is_not_an_int": (math.nan, 3, Aspect.NAN),
    "a_nan_tensor_is_no_answer": (tensor(math.nan), 3.0, Aspect.NAN),
    "inf_is_not_close_to_anything": (math.inf, 1e30, Aspect.VALUE),
    "minus_inf_is_not_inf": (-math.inf, math.inf, Aspect.VALUE),
    "the_largest_float_is_not_inf": (1.7e308, math.inf, Aspect.VALUE),
    "a_giant_int_is_not_inf": (10**399, math.inf, Aspect.VALUE),
    "inf_is_no_giant_int": (math.inf, 10**399, Aspect.VALUE),
    "neighbouring_giant_ints_differ": (10**399 + 1, 10**399, Aspect.VALUE),
    "a_tensor_of_one_with_a_dimension_is_no_number": (tensor([3.0]), 3.0, Aspect.TYPE),
    "a_list_of_one_is_no_number": ([3.0], 3.0, Aspect.TYPE),
    "a_number_is_no_list_of_one": (3.0, [3.0], Aspect.TYPE),
    "a_0_dim_tensor_is_no_list_of_one": (tensor(3.0), [3.0], Aspect.TYPE),
    "a_meta_tensor_has_no_number": (meta(), 0.0, Aspect.TYPE),
    "a_meta_bool_tensor_is_no_bool": (meta(dtype="bool"), False, Aspect.TYPE),
    "a_meta_tensor_has_no_values": (meta(2), np.zeros(2), Aspect.VALUE),
    "a_meta_tensor_is_no_list": (meta(2), [0.0, 0.0], Aspect.TYPE),
    "an_empty_list_is_not_three_values": ([], [1, 2, 3], Aspect.LENGTH),
    "an_empty_tensor_is_not_three_values": (tensor([]), [1, 2, 3], Aspect.LENGTH),
    "an_empty_tensor_is_not_an_array_with_values": (tensor([]), np.array([1.0]), Aspect.SHAPE),
    "a_longer_list_is_not_its_beginning": ([1, 2, 3, 4], [1, 2, 3], Aspect.LENGTH),
    "a_text_is_no_list_of_its_letters": ("abc", ["a", "b", "c"], Aspect.TYPE),
    "a_dict_is_no_list_of_its_keys": ({1: 0}, [1], Aspect.TYPE),
    "a_set_is_no_list": ({1, 2}, [1, 2], Aspect.TYPE),
    "a_broadcastable_column_is_not_a_row": (tensor([[1.0], [1.0]]), np.ones(2), Aspect.SHAPE),
    "a_number_is_not_a_tensor_of_equal_numbers": (1.0, np.ones(3), Aspect.TYPE),
    "a_0_dim_tensor_does_not_broadcast": (tensor(1.0), np.ones(3), Aspect.SHAPE),
    "a_tensor_of_one_does_not_broadcast": (tensor([1.0]), np.ones(3), Aspect.SHAPE),
    "a_leading_1_is_another_shape": (tensor([[1.0, 2.0]]), np.array([1.0, 2.0]), Aspect.SHAPE),
    "a_list_is_no_tensor": ([1.0, 2.0], np.array([1.0, 2.0]), Aspect.TYPE),
    "empty_shapes_differ": (tensor(np.zeros((0, 2))), np.zeros((2, 0)), Aspect.SHAPE),
    "one_wrong_value_in_a_tensor": (tensor([1.0, 2.0]), np.array([1.0, 3.0]), Aspect.VALUE),
    "one_nan_in_a_tensor": (tensor([1.0, math.nan]), np.array([1.0, 3.0]), Aspect.NAN),
    "inf_in_a_tensor": (tensor([math.inf]), np.array([1e30]), Aspect.VALUE),
    "float64_overflow_in_the_difference": (tensor([1.7e308], "float64"), np.array([-1.7e308]), Aspect.VALUE),
    "an_int_off_by_one_is_wrong_however_large": (50_001, 50_000, Aspect.VALUE),
    "a_0_dim_int_tensor_off_by_one": (tensor(50_001, "int64"), 50_000, Aspect.VALUE),
    "an_int_tensor_off_by_one": (tensor([50_001], "int64"), np.array([50_000]), Aspect.VALUE),
    "ints_that_float64_cannot_tell_apart": (2**53 + 1, 2**53, Aspect.VALUE),
    "int_tensors_that_float64_cannot_tell_apart": (tensor([2**53 + 1], "int64"), np.array([2**53]), Aspect.VALUE),
    "unsigned_is_not_wrapped_to_signed": (tensor([2**64 - 1], "uint64"), np.array([-1]), Aspect.VALUE),
    "a_missing_key": ({"a": 1}, {"a": 1, "b": 2}, Aspect.LENGTH),
    "an_extra_key": ({"a": 1, "b": 2}, {"a": 1}, Aspect.LENGTH),
    "a_text_key_for_a_number": ({"1": 2}, {1: 2}, Aspect.LENGTH),
    "tensors_as_keys": ({tensor(1, "int64"): 2}, {1: 2}, Aspect.TYPE),
    "tensors_in_a_set": ({tensor(1, "int64")}, {1}, Aspect.TYPE),
    "a_list_is_no_dict": ([("a", 1)], {"a": 1}, Aspect.TYPE),
    "a_list_of_lists_is_no_set": ([[1]], {1}, Aspect.TYPE),
    "a_dict_is_no_set": ({"a": 1}, {"a"}, Aspect.TYPE),
    "a_set_with_one_more": ({"a", "b"}, {"a"}, Aspect.VALUE),
    "a_text_in_other_case": ("CPU", "cpu", Aspect.VALUE),
    "bytes_are_no_text": (b"cpu", "cpu", Aspect.TYPE),
    "an_object_never_equals_an_object": (FUNCTION, Thing(0, "function", "<function f>"), Aspect.VALUE),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_is_never_right(name: str) -> None:
    got, expected, kind = WRONG[name]
    found = difference(got, expected)
    assert found is not None
    assert found.kind is kind


SOUP: list[Any] = [
    None, True, 0, 1, -5, 10**399, 0.5, math.nan, math.inf, "", "text", b"", b"b", [], (), {}, set(), [1], [[1]],
    {"a": 1}, {1, 2}, frozenset(), [None], tensor(1.0), tensor([1.0]), tensor([]), tensor(True, "bool"), meta(),
    meta(2), FUNCTION, tensor([[1, 2]], "uint8"), {FUNCTION: 1}, {tensor(1.0): 1}, [FUNCTION], {"a": [tensor(1.0)]},
    (1, "a", None), tensor(np.zeros((0, 2))), [1e308, -1e308], {(1, 2): 3}, ["a"] * 20,
]  # fmt: skip
TRUTHS: list[Any] = [
    *SOUP, np.array(1.0), np.array(True), np.array([1.0]), np.array([True]), np.zeros((0, 2)), np.float32(1),
    np.int64(1), range(3), [np.array([1.0])],
]  # fmt: skip


@pytest.mark.parametrize("index", range(len(TRUTHS)))
def test_any_answer_can_be_held_against_any_truth(index: int) -> None:
    for got in SOUP:
        for dtype in (None, "float32"):
            found = difference(got, TRUTHS[index], dtype=dtype)
            assert found is None or isinstance(found, Difference)
        assert all(isinstance(text, str) and text for text in show_both(got, TRUTHS[index]))


def test_shape_is_looked_at_before_dtype_dtype_before_nan_and_nan_before_values() -> None:
    truth = np.array([1.0, 2.0])
    assert difference(tensor([math.nan], "float64"), truth, dtype="float32").kind is Aspect.SHAPE  # type: ignore[union-attr]
    assert difference(tensor([math.nan, 5], "float64"), truth, dtype="float32").kind is Aspect.DTYPE  # type: ignore[union-attr]
    assert difference(tensor([5, math.nan]), truth, dtype="float32").kind is Aspect.NAN  # type: ignore[union-attr]
    assert difference(tensor([5, 2.0]), truth, dtype="float32").kind is Aspect.VALUE  # type: ignore[union-attr]


def test_a_demanded_dtype_holds_for_0_dim_tensors_and_rows_but_not_for_plain_numbers() -> None:
    assert difference(tensor(1.0, "float64"), 1.0, dtype="float32") == Difference(
        Aspect.DTYPE, "its dtype is float64, not float32"
    )
    assert difference(tensor([1.0], "float64"), [1.0], dtype="float32") is not None
    assert difference(1.0, 1.0, dtype="float32") is None
    assert difference(1.0, np.array(1.0), dtype="float32") is None


def test_an_explicit_tolerance_holds_between_integers() -> None:
    assert difference(103, 100, rtol=0.05) is None
    assert difference(106, 100, rtol=0.05) is not None
    assert difference(103, 100, atol=3) is None
    assert difference(tensor([103], "int64"), np.array([100]), rtol=0.05) is None
    assert difference(tensor([103], "int64"), np.array([100]), atol=3) is None


def test_tolerance_is_relative_to_the_truth_and_not_to_the_answer() -> None:
    assert difference(11.0, 10.0, rtol=0.1, atol=0) is None
    assert difference(10.0, 11.01, rtol=0.09, atol=0) is not None
    assert difference(0.0, 1e-6) is None
    assert difference(0.0, 1e-4) is not None


@settings(max_examples=60, deadline=None)
@given(hnp.arrays("float64", hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3)))
def test_an_array_equals_itself_exactly(array: np.ndarray[Any, Any]) -> None:
    assert difference(Tensor(array, "float64"), array, rtol=0, atol=0) is None
    assert difference(Tensor(array, "float64"), array.tolist(), rtol=0, atol=0) is None


@settings(max_examples=60, deadline=None)
@given(hnp.arrays("float64", 4, elements=st.floats(-1e6, 1e6)), st.integers(0, 3), st.sampled_from([1.0, -0.5]))
def test_one_changed_value_is_found_where_it_is(array: np.ndarray[Any, Any], at: int, by: float) -> None:
    changed = array.copy()
    changed[at] += by + by * 2e-4 * abs(changed[at])
    found = difference(Tensor(changed, "float64"), array)
    assert found is not None
    assert f"the first at index [{at}]" in found.detail


@settings(max_examples=100, deadline=None)
@given(st.floats(allow_nan=False), st.floats(allow_nan=False))
def test_numbers_and_0_dim_tensors_are_judged_alike(got: float, expected: float) -> None:
    as_number = difference(got, expected) is None
    assert as_number == (difference(tensor(got, "float64"), expected) is None)
    assert as_number == (difference(tensor([got], "float64"), np.array([expected])) is None)
    assert as_number == math.isclose(got, expected, rel_tol=0, abs_tol=1e-5 + 1e-4 * abs(expected)) or math.isinf(
        expected
    )


DETAILS: list[tuple[Any, Any, str]] = [
    (tensor(np.zeros((3, 5))), np.zeros((5, 3)), "its shape is (3, 5), not (5, 3)"),
    (tensor([1.0, 2, 3]), np.array([1.0, 5, 3]), "1 of 3 values is wrong, the first at index [1]: 2 instead of 5"),
    (tensor([0.0, 2, 0]), np.array([1.0, 2, 3]), "2 of 3 values are wrong, the first at index [0]: 0 instead of 1"),
    (tensor([math.nan]), np.array([1.0]), "1 of 1 values is NaN, the first at index [0]"),
    (tensor(5.0), np.array(1.0), ""),
    (5.0, 1.0, ""),
    ((1.0, 2.0), (2.0, 1.0), ""),
    (None, 1.0, "that is None, not a number"),
    (tensor([1.0]), 1.0, "that is a tensor of shape (1,), not a number"),
    (tensor(True, "bool"), 1.0, "that is a bool tensor of shape (), not a number"),
    (tensor([1.0], is_array=True), 1.0, "that is a NumPy array of shape (1,), not a number"),
    (meta(2), [1.0, 2.0], "that is a tensor on the meta device, not 2 values"),
    (3.0, [3.0], "that is a float, not 1 value"),
    ([1.0], [1.0, 2.0], "it has 1 value, not 2"),
    ((1.0, None), (1.0, 2.0), "at position 1, that is None, not a number"),
    ([0.0] * 9 + [1.0], [0.0] * 10, "at position 9 it has 1, not 0"),
    ([[0.0] * 20] * 2, [[0.0] * 20, [0.0] * 13 + [1.0] * 7], "in item 1, at position 13 it has 0, not 1"),
    ({"w": [tensor(np.zeros(20))]}, {"w": [np.ones(20)]},
     "under 'w', at position 0, 20 of 20 values are wrong, the first at index [0]: 0 instead of 1"),
    ({1, 2}, {1, 3}, ""),
    (set(range(20)), set(range(21)), "it lacks 20"),
    (list(range(21)), set(range(20)), "it has 20 too, which does not belong there"),
    ("abc", "abd", ""),
    ("a" * 50 + "bc", "a" * 50 + "cc", "after 50 characters it goes on with 'bc', not 'cc'"),
    ("a" * 50, "a" * 51, "after 50 characters it goes on with nothing, not 'a'"),
    ({"loss": 1.0}, {"loss": 2.0}, "under 'loss' it has 1, not 2"),
    ({"loss": None}, {"loss": 2.0}, "under 'loss', that is None, not a number"),
    ({}, {"loss": 2.0}, "it lacks the key 'loss'"),
    ({"loss": 2.0, 3: 1}, {"loss": 2.0}, "it has the key 3 too, which does not belong there"),
    ("1", {1}, "that is a text (str), not a set"),
    ({1: 2}, frozenset(), "that is a dict, not a set"),
    (7, "cpu", "that is an int, not a text (str)"),
    (FUNCTION, 3.0, "that is an object of type function, not a number"),
]  # fmt: skip


@pytest.mark.parametrize(("got", "expected", "detail"), DETAILS, ids=[detail or "nothing" for *_, detail in DETAILS])
def test_the_detail_reads(got: Any, expected: Any, detail: str) -> None:
    found = difference(got, expected)
    assert found is not None
    assert found.detail == detail


SHOWN: list[tuple[Any, str]] = [
    (None, "None"),
    (True, "True"),
    (0.1 + 0.2, "0.3"),
    (1e-9, "1e-09"),
    (12345678, "12345678"),
    (10**399, "an integer of 1326 bits"),
    ("it's", '"it\'s"'),
    (b"\x00", "b'\\x00'"),
    ((1.0,), "(1,)"),
    ((), "()"),
    ([], "[]"),
    (set(), "set()"),
    ({"b", "a"}, "{'a', 'b'}"),
    ({10, 9, 8}, "{8, 9, 10}"),
    ({None, 2}, "{2, None}"),
    (np.array([1.0, 0.5]), "tensor([1, 0.5])"),
    ({}, "{}"),
    ({"a": 0.5}, "{'a': 0.5}"),
    (list(range(20)), "[0, 1, 2, 3, 4, 5, 6, 7, …]"),
    ([[[[1]]]], "[[[[…]]]]"),
    (tensor(0.1), "0.1"),
    (tensor([1.0, 0.5]), "tensor([1, 0.5])"),
    (tensor([1, 2], "int64"), "tensor([1, 2], dtype=int64)"),
    (tensor([1.0], "float64", is_array=True), "array([1], dtype=float64)"),
    (tensor(np.zeros((3, 5))), "a tensor of shape (3, 5)"),
    (meta(2), "a tensor of shape (2,)"),
    (np.zeros((3, 5)), "a tensor of shape (3, 5)"),
    (FUNCTION, "a function"),
    (Thing(0, "Dense", "Dense()"), "an object of type Dense"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "text"), SHOWN, ids=[text for _, text in SHOWN])
def test_values_are_shown_short(value: Any, text: str) -> None:
    assert show(value) == text


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.recursive(st.none() | st.floats() | st.integers() | st.text(), lambda x: st.lists(x) | st.tuples(x, x)))
def test_no_value_is_shown_long(value: Any) -> None:
    assert len(show(value)) <= 301


def test_two_numbers_that_differ_are_shown_with_the_digits_that_differ() -> None:
    assert show_both(1 / 3, 0.33333333) == ("0.3333333333333333", "0.33333333")
    assert show_both([1 / 3], [0.33333333])[0] == "[0.3333333333333333]"
    assert show_both(2.0, 3.0) == ("2", "3")
    found = difference(tensor([0.1, 1 / 3], "float64"), np.array([0.1, 0.33333333]), rtol=0, atol=0)
    assert found is not None
    assert "0.3333333333333333 instead of 0.33333333" in found.detail


def test_only_real_numbers_are_numbers() -> None:
    assert number_of(True) is None
    assert number_of("1") is None
    assert number_of(tensor([1.0])) is None
    assert number_of(meta()) is None
    assert number_of(tensor(True, "bool")) is None
    assert number_of(-(10**399)) == -math.inf
    assert number_of(tensor(2, "int8")) == 2.0


def test_types_have_names_and_articles() -> None:
    assert [type_of(x) for x in (1, 1.0, True, "", [], {}, set(), (), None, b"")] == [
        "an int", "a float", "a bool", "a text (str)", "a list", "a dict", "a set", "a tuple", "None", "a bytes",
    ]  # fmt: skip


def test_a_list_made_to_collide_is_compared_with_a_set_at_once() -> None:
    with costs_at_most(2):
        found = difference(list(itertools.product((-1, -2), repeat=15)), {"a"})
    assert found is not None


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        ([0.1234567] * 9 + [1.0], [0.1234567] * 10),
        ([[0.1234567] * 9] * 9, [[0.1234567] * 9] * 8 + [[0.5] * 9]),
    ],
    ids=["a list", "nested lists"],
)
def test_digits_that_tell_nothing_apart_are_not_shown(got: Any, expected: Any) -> None:
    assert show_both(got, expected) == (show(got), show(expected))

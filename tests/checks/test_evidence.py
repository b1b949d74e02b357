"""Evidence on the trusted side: what comes back as what it was, and what a liar cannot do."""

from __future__ import annotations

import itertools
import json
import tracemalloc
from typing import Any

import numpy as np
import pytest
from ids import id_of
from patience import costs_at_most
from safetensors.numpy import save

from grader.checks import evidence
from grader.checks import expression as ex
from grader.checks.evidence import Tensor, Thing
from grader.sandbox import wire
from grader.sandbox.wire import WireError


def there_and_back(thing: Any) -> Any:
    """What the trusted side reads of what it wrote itself, through real bytes."""
    arrays: dict[str, np.ndarray[Any, Any]] = {}
    header = wire.frame(wire.Done(evidence.encode(thing, arrays)))[wire.PREFIX.size :]
    reply = wire.decode_reply(header)
    assert isinstance(reply, wire.Done)
    return evidence.decode(reply.value, evidence.blob_of(arrays))


def blob_with(index: Any, data: bytes = b"") -> bytes:
    """A safetensors blob with any index, right or not."""
    text = json.dumps(index).encode()
    return len(text).to_bytes(8, "little") + text + data


def one(dtype: str, shape: list[int], data: bytes) -> bytes:
    return blob_with({"0": {"dtype": dtype, "shape": shape, "data_offsets": [0, len(data)]}}, data)


PLAIN: list[Any] = [
    None, True, False, 0, -(2**63), 2**63, -(10**300), 0.5, float("inf"), "", "text\n\x00é", b"\x00\xff", [],
    [1, [2, (3,)]], (), (1,), {"a": 1}, {1: "b", None: 2, (1, 2): 3}, set(), {1, "a"}, [{}], [()],
]  # fmt: skip


@pytest.mark.parametrize("thing", PLAIN, ids=id_of)
def test_plain_data_comes_back_as_it_was(thing: Any) -> None:
    found = there_and_back(thing)
    assert found == thing
    assert type(found) is type(thing)


def test_a_frozenset_comes_back_as_a_set() -> None:
    assert there_and_back(frozenset({1})) == {1}


def test_nan_comes_back_as_nan() -> None:
    found = there_and_back(float("nan"))
    assert found != found


def test_numpy_scalars_cross_as_plain_numbers() -> None:
    assert type(there_and_back(np.float32(0.5))) is float
    assert type(there_and_back(np.int64(5))) is int
    assert there_and_back(np.bool_(True)) is True


@pytest.mark.parametrize("dtype", ["float64", "float32", "float16", "int64", "int32", "int16", "int8", "uint8", "bool"])
@pytest.mark.parametrize("shape", [(), (0,), (1,), (0, 3), (2, 3), (2, 1, 3, 1)])
def test_arrays_come_back_with_their_dtype_and_shape(dtype: str, shape: tuple[int, ...]) -> None:
    array = np.arange(np.prod(shape, dtype=int)).reshape(shape).astype(dtype)
    found = there_and_back(array)
    assert (found.dtype, found.shape, found.is_array, found.meta) == (dtype, shape, False, False)
    np.testing.assert_array_equal(found.array, array)


def test_an_array_with_odd_strides_comes_back_in_order() -> None:
    array = np.arange(12.0).reshape(3, 4)
    np.testing.assert_array_equal(there_and_back(array.T[::-1]).array, array.T[::-1])
    np.testing.assert_array_equal(there_and_back(np.broadcast_to(np.float32(2), (2, 2))).array, np.full((2, 2), 2))


@pytest.mark.parametrize("shape", [(), (1,), (2, 3)])
def test_a_tensor_that_was_answered_can_be_sent_back_in_its_shape(shape: tuple[int, ...]) -> None:
    found = there_and_back(Tensor(np.ones(shape, "float32"), "float32", requires_grad=True))
    assert (found.shape, found.requires_grad) == (shape, True)


def test_an_object_that_stays_in_the_worker_is_sent_back_by_its_handle() -> None:
    found = there_and_back(Thing(7, "Dense", "Dense()"))
    assert (found.handle, found.type_name, found.text) == (7, "Dense", "Dense()")


def test_a_function_may_be_sent_but_never_answered() -> None:
    with pytest.raises(WireError, match="only the grader sends"):
        there_and_back(ex.sin(ex.variable(0)).function(1))


def test_what_is_not_data_is_the_authors_error() -> None:
    with pytest.raises(TypeError, match="object"):
        evidence.encode(object(), {})


def test_bfloat16_is_widened_exactly() -> None:
    halves = np.array([0x3FC0, 0xC000, 0x7F80], "<u2")  # 1.5, -2, inf
    found = evidence.decode(wire.TensorValue(0), one("BF16", [3], halves.tobytes()))
    assert found.dtype == "bfloat16"
    assert found.array.tolist() == [1.5, -2.0, float("inf")]


def test_bool_bytes_other_than_0_and_1_are_true() -> None:
    found = evidence.decode(wire.TensorValue(0), one("BOOL", [3], b"\x00\x01\x07"))
    assert found.array.tolist() == [False, True, True]
    assert found.array.view("uint8").tolist() == [0, 1, 1]


def test_a_meta_tensor_has_its_shape_and_dtype_and_values_that_equal_nothing() -> None:
    found = evidence.decode(wire.TensorValue(-1, device="meta", meta=("int64", [2, 3])), b"")
    assert (found.meta, found.dtype, found.shape, found.device) == (True, "int64", (2, 3), "meta")
    assert not np.equal(found.array, found.array).any()


def tensors_of(*arrays: np.ndarray[Any, Any]) -> bytes:
    return save({str(i): array for i, array in enumerate(arrays)})


LIES: dict[str, tuple[wire.Value, bytes]] = {
    "a_tensor_that_is_not_there": (wire.TensorValue(0), b""),
    "a_number_beyond_the_tensors": (wire.TensorValue(1), tensors_of(np.ones(1))),
    "a_negative_number": (wire.TensorValue(-1), tensors_of(np.ones(1))),
    "meta_with_a_negative_size": (wire.TensorValue(-1, meta=("float32", [-1])), b""),
    "meta_of_terabytes": (wire.TensorValue(-1, meta=("float32", [1 << 20, 1 << 20])), b""),
    "meta_empty_but_impossible": (wire.TensorValue(-1, meta=("float32", [0, 2**62, 4])), b""),
    "meta_empty_beyond_int64": (wire.TensorValue(-1, meta=("float32", [0, 2**63])), b""),
    "meta_of_65_dimensions": (wire.TensorValue(-1, meta=("float32", [1] * 65)), b""),
    "empty_but_impossible": (wire.TensorValue(0), one("F32", [0, 2**62, 4], b"")),
    "empty_beyond_int64": (wire.TensorValue(0), one("F32", [2**64 - 1, 0], b"")),
    "of_65_dimensions": (wire.TensorValue(0), one("F32", [1] * 65, b"\0" * 4)),
    "shape_larger_than_the_data": (wire.TensorValue(0), one("F32", [2], b"\0" * 4)),
    "shape_smaller_than_the_data": (wire.TensorValue(0), one("F32", [1], b"\0" * 8)),
    "a_shape_whose_product_overflows": (wire.TensorValue(0), one("F32", [2**32, 2**32], b"")),
    "offsets_backwards": (
        wire.TensorValue(0),
        blob_with({"0": {"dtype": "F32", "shape": [1], "data_offsets": [4, 0]}}),
    ),
    "offsets_beyond_the_end": (
        wire.TensorValue(0),
        blob_with({"0": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}),
    ),
    "overlapping_tensors": (
        wire.TensorValue(0),
        blob_with({n: {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]} for n in "01"}, b"\0" * 4),
    ),
    "a_dtype_that_nobody_knows": (wire.TensorValue(0), one("F31", [1], b"\0" * 4)),
    "a_dtype_that_numpy_lacks": (wire.TensorValue(0), one("F8_E4M3", [1], b"\0")),
    "an_index_that_is_no_json": (wire.TensorValue(0), (3).to_bytes(8, "little") + b"{,}"),
    "an_index_that_is_a_list": (wire.TensorValue(0), blob_with([])),
    "an_index_of_deep_nesting": (wire.TensorValue(0), (20_000).to_bytes(8, "little") + b"[" * 20_000),
    "a_blob_of_three_bytes": (wire.TensorValue(0), b"abc"),
    "an_index_longer_than_the_blob": (wire.TensorValue(0), (10**6).to_bytes(8, "little") + b"{}"),
    "an_index_of_exabytes": (wire.TensorValue(0), b"\xff" * 8 + b"{}"),
    "an_int_of_letters": (wire.IntValue("12a"), b""),
    "an_int_of_nothing": (wire.IntValue(""), b""),
    "an_int_of_a_sign": (wire.IntValue("-"), b""),
    "an_int_of_two_signs": (wire.IntValue("--1"), b""),
    "an_int_of_too_many_digits": (wire.IntValue("1" * 5000), b""),
    "a_superscript_int": (wire.IntValue("²"), b""),
    "a_list_in_a_set": (wire.SetValue([wire.ListValue([])]), b""),
    "a_list_as_a_key": (wire.DictValue([(wire.ListValue([]), 1)]), b""),
    "a_list_in_a_tuple_as_a_key": (wire.DictValue([(wire.TupleValue([wire.ListValue([])]), 1)]), b""),
    "a_function": (wire.FunctionValue(1, wire.ListValue([])), b""),
}  # fmt: skip


@pytest.mark.parametrize("name", LIES)
def test_a_lie_is_refused_and_breaks_nothing(name: str) -> None:
    value, blob = LIES[name]
    with pytest.raises(WireError):
        evidence.decode(value, blob)


def nested(depth: int) -> wire.Value:
    value: wire.Value = 1
    for _ in range(depth):
        value = wire.ListValue([value])
    return value


def test_nesting_is_capped() -> None:
    evidence.decode(nested(wire.DEPTH_CAP), b"")
    with pytest.raises(WireError, match="deep"):
        evidence.decode(nested(wire.DEPTH_CAP + 2), b"")


def test_a_tensor_named_a_thousand_times_is_refused_at_the_second() -> None:
    """No honest worker does that, and whoever goes through the answer would have a thousand times the work."""
    blob = one("BF16", [1 << 20], np.ones(1 << 20, "<u2").tobytes())
    assert len(evidence.decode(wire.ListValue([wire.TensorValue(0)]), blob)) == 1
    tracemalloc.start()
    try:
        with pytest.raises(WireError, match="twice"):
            evidence.decode(wire.ListValue([wire.TensorValue(0)] * 1000), blob)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 40 << 20


def colliding(count: int) -> list[wire.Value]:
    """Tuples of one hash: hash(-1) == hash(-2) in CPython, and so of every tuple of them."""
    keys = itertools.islice(itertools.product((-1, -2), repeat=15), count)
    return [wire.TupleValue(list(key)) for key in keys]


@pytest.mark.parametrize(
    "value",
    [wire.SetValue(colliding(20_000)), wire.DictValue([(key, None) for key in colliding(20_000)])],
    ids=["set", "dict"],
)
def test_keys_that_are_made_to_collide_are_refused_at_once(value: wire.Value) -> None:
    with costs_at_most(2), pytest.raises(WireError, match="collide"):
        evidence.decode(value, b"")


def test_honest_keys_may_share_a_hash() -> None:
    assert evidence.decode(wire.SetValue([-1, -2, *range(5_000)]), b"") == {-1, -2, *range(5_000)}

"""The worker's packing: every kind of evidence arrives on the trusted side as what it was."""

from __future__ import annotations

import collections
import enum
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from ids import id_of

from grader.checks import evidence
from grader.checks.evidence import Tensor, Thing
from grader.sandbox import wire
from grader.sandbox.inside.values import ObjectStore, Packer, Unpacker, Unsendable, short_text


def across(thing: Any, objects: ObjectStore | None = None) -> Any:
    """What the trusted side reads when a worker answers `thing`, through real bytes."""
    packer = Packer(objects or ObjectStore())
    frame = wire.frame(wire.Done(packer.pack(thing)), packer.blob())
    header, _ = wire.sizes(frame[:8])
    reply, blob = wire.decode_reply(frame[8 : 8 + header]), frame[8 + header :]
    wire.check_blob(blob)
    assert isinstance(reply, wire.Done)
    return evidence.decode(reply.value, blob)


def into(thing: Any, device: str = "cpu", objects: ObjectStore | None = None) -> Any:
    """What a worker receives when a check sends `thing`."""
    arrays: dict[str, np.ndarray[Any, Any]] = {}
    value = evidence.encode(thing, arrays)
    return Unpacker(objects or ObjectStore(), evidence.blob_of(arrays), device).unpack(value)


class Count(int):
    def __repr__(self) -> str:
        return "a lie"


class Text(str):
    def __str__(self) -> str:
        return "a lie"


class Real(float):
    def __float__(self) -> float:
        return -1.0


class Colour(enum.IntEnum):
    RED = 3


Pair = collections.namedtuple("Pair", "left right")

SAME: list[tuple[Any, Any]] = [
    (None, None), (True, True), (0, 0), (-(2**63), -(2**63)), (2**64, 2**64), (-(10**300), -(10**300)), (0.5, 0.5),
    (float("inf"), float("inf")), ("", ""), ("é\n\x00", "é\n\x00"), (b"\x00\xff", b"\x00\xff"), ([], []), ((), ()),
    ([1, (2, [3])], [1, (2, [3])]), ({"a": (1,), 2: None}, {"a": (1,), 2: None}), ({1, "a"}, {1, "a"}),
    (frozenset({1}), {1}), (Count(5), 5), (Text("t"), "t"), (Real(0.5), 0.5), (Colour.RED, 3), (Pair(1, 2), (1, 2)),
    (collections.OrderedDict(b=1, a=2), {"b": 1, "a": 2}), (collections.Counter("aab"), {"a": 2, "b": 1}),
    (torch.Size([2, 3]), (2, 3)), (torch.float32, "torch.float32"), (torch.device("cpu"), "cpu"),
    (np.float32(0.5), 0.5), (np.float16(0.5), 0.5), (np.longdouble(0.5), 0.5), (np.int8(-3), -3),
    (np.uint64(2**64 - 1), 2**64 - 1), (np.bool_(True), True), (np.str_("t"), "t"), ("\ud800", "\\ud800"),
]  # fmt: skip


@pytest.mark.parametrize(("sent", "received"), SAME, ids=[id_of(sent)[:40] for sent, _ in SAME])
def test_plain_values_arrive_as_plain_values(sent: Any, received: Any) -> None:
    found = across(sent)
    assert found == received
    assert type(found) is type(received)


DTYPES = {
    torch.float64: "float64", torch.float32: "float32", torch.float16: "float16", torch.bfloat16: "bfloat16",
    torch.int64: "int64", torch.int32: "int32", torch.int16: "int16", torch.int8: "int8", torch.uint8: "uint8",
    torch.uint16: "uint16", torch.uint32: "uint32", torch.uint64: "uint64", torch.bool: "bool",
}  # fmt: skip


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize("shape", [(), (1,), (0,), (0, 3), (2, 3)], ids=str)
def test_tensors_arrive_with_their_dtype_and_shape(dtype: torch.dtype, shape: tuple[int, ...]) -> None:
    sent = torch.arange(int(np.prod(shape, dtype=int))).reshape(shape).to(dtype)
    found = across(sent)
    assert (found.dtype, found.shape, found.is_array, found.meta) == (DTYPES[dtype], shape, False, False)
    assert found.array.tolist() == sent.tolist()


def test_the_requires_grad_and_device_of_a_tensor_are_told() -> None:
    assert across(torch.ones(2, requires_grad=True)).requires_grad
    assert across(torch.nn.Parameter(torch.ones(2))).requires_grad
    assert not across(torch.ones(2)).requires_grad
    assert across(torch.ones(2)).device == "cpu"


LEAF = torch.arange(4.0, requires_grad=True)
VIEWS: dict[str, tuple[torch.Tensor, list[Any]]] = {
    "the_result_of_autograd": (LEAF * 2, [0, 2, 4, 6]),
    "a_stride_0_view": (torch.tensor([7.0]).expand(3), [7, 7, 7]),
    "a_transpose": (torch.arange(4.0).reshape(2, 2).t(), [[0, 2], [1, 3]]),
    "every_other_element": (torch.arange(5.0)[::2], [0, 2, 4]),
    "a_lazily_negated_tensor": (torch.tensor([1j, 2j]).conj().imag, [-1, -2]),
    "a_tensor_made_in_inference_mode": (torch.inference_mode()(torch.ones)(2), [1, 1]),
    "a_subclass": (torch.ones(2).as_subclass(type("Mine", (torch.Tensor,), {})), [1, 1]),
}


@pytest.mark.parametrize("name", VIEWS)
def test_views_arrive_written_out(name: str) -> None:
    sent, values = VIEWS[name]
    assert across(sent).array.tolist() == values


def test_tensors_that_share_memory_both_arrive() -> None:
    base = torch.arange(4.0)
    found = across([base, base, base[1:], base.view(2, 2)])
    assert [tensor.array.tolist() for tensor in found] == [[0, 1, 2, 3], [0, 1, 2, 3], [1, 2, 3], [[0, 1], [2, 3]]]


def test_a_state_dict_arrives() -> None:
    layer = torch.nn.Linear(2, 3)
    found = across(layer.state_dict())
    assert {name: tensor.shape for name, tensor in found.items()} == {"weight": (3, 2), "bias": (3,)}
    np.testing.assert_array_equal(found["weight"].array, layer.weight.detach().numpy())


def test_a_meta_tensor_arrives_without_values() -> None:
    found = across(torch.empty(2, 3, dtype=torch.int64, device="meta"))
    assert (found.meta, found.shape, found.dtype, found.device) == (True, (2, 3), "int64", "meta")


ARRAYS: dict[str, tuple[np.ndarray[Any, Any], str]] = {
    "0_dim": (np.array(1.5), "float64"),
    "empty": (np.zeros((0, 2), "int32"), "int32"),
    "bools": (np.array([True, False]), "bool"),
    "fortran_order": (np.asfortranarray(np.arange(6.0).reshape(2, 3)), "float64"),
    "backwards": (np.arange(3)[::-1], "int64"),
    "big_endian": (np.arange(3, dtype=">f4"), "float32"),
    "long_doubles": (np.ones(2, np.longdouble), "float64"),
    "read_only": (np.broadcast_to(np.float32(1), (3,)), "float32"),
    "unsigned": (np.array([2**64 - 1], "uint64"), "uint64"),
    "a_masked_array": (np.ma.masked_invalid(np.ones(2)), "float64"),
}


@pytest.mark.parametrize("name", ARRAYS)
def test_numpy_arrays_arrive_as_arrays(name: str) -> None:
    sent, dtype = ARRAYS[name]
    found = across(sent)
    assert (found.is_array, found.dtype, found.shape) == (True, dtype, sent.shape)
    assert found.array.tolist() == sent.tolist()


KEPT: list[Any] = [
    object(), len, torch.nn.Linear(1, 1), iter([]), 1j, np.array(["a"]), np.array([None]), range(3), ..., torch,
]  # fmt: skip


@pytest.mark.parametrize("thing", KEPT, ids=lambda thing: type(thing).__name__)
def test_objects_stay_in_the_worker(thing: Any) -> None:
    objects = ObjectStore()
    found = across(thing, objects)
    assert isinstance(found, Thing)
    assert objects.get(found.handle) is thing
    assert found.callable == callable(thing)
    assert found.bases[-1] == "builtins.object"
    assert into(found, objects=objects) is thing


UNSENDABLE: dict[str, Any] = {
    "a_tensor_of_terabytes_on_one_number": torch.ones(1).expand(10**12),
    "an_array_of_terabytes_on_one_number": np.broadcast_to(np.float32(0), (10**6, 10**6)),
    "many_tensors_of_20_mb": [torch.empty(5 << 20)] * 4,
    "a_sparse_tensor": torch.eye(2).to_sparse(),
    "a_complex_tensor": torch.ones(2, dtype=torch.complex64),
    "an_integer_of_400_digits": 10**400,
    "a_text_of_megabytes": "x" * (wire.HEADER_CAP // 2),
    "bytes_of_megabytes": bytes(wire.HEADER_CAP),
    "two_million_items": [0] * 2_000_000,
    "a_dict_of_two_million": dict.fromkeys(range(2_000_000)),
}


@pytest.mark.parametrize("name", UNSENDABLE)
def test_what_is_too_large_or_odd_is_refused_with_a_clause(name: str) -> None:
    with pytest.raises(Unsendable, match=r"^(it|its) "):
        across(UNSENDABLE[name])


@pytest.mark.filterwarnings("ignore:The PyTorch API of nested tensors:UserWarning")
@pytest.mark.filterwarnings("ignore:.*quant.*:UserWarning", "ignore:.*quant.*:DeprecationWarning")
def test_quantized_and_nested_tensors_are_refused() -> None:
    with pytest.raises(Unsendable, match="qint8"):
        across(torch.quantize_per_tensor(torch.ones(2), 0.1, 0, torch.qint8))
    with pytest.raises(Unsendable, match="nested"):
        across(torch.nested.nested_tensor([torch.ones(1), torch.ones(2)]))


def test_what_holds_itself_is_refused() -> None:
    loop: list[Any] = []
    loop.append(loop)
    with pytest.raises(Unsendable, match="deep"):
        across(loop)


def test_a_repr_that_raises_or_lies_is_replaced_by_the_types_name() -> None:
    def raises(self: object) -> str:
        raise SystemExit

    assert short_text(type("Rude", (), {"__repr__": raises})()) == "<Rude>"
    assert short_text(type("Odd", (), {"__repr__": lambda self: 5})()) == "<Odd>"
    assert len(short_text(type("Long", (), {"__repr__": lambda self: "x" * 10**6})())) == 2000


def test_arrays_are_received_as_tensors() -> None:
    found = into(np.arange(6, dtype="float32").reshape(2, 3))
    assert (found.dtype, found.shape, found.requires_grad) == (torch.float32, (2, 3), False)
    assert into(np.array(2.5)).shape == ()
    assert into(Tensor(np.ones((), "float32"), "float32", requires_grad=True)).requires_grad


def test_an_array_that_was_answered_is_received_as_an_array() -> None:
    found = into(across(np.arange(3.0)))
    assert isinstance(found, np.ndarray)
    assert found.tolist() == [0, 1, 2]


def test_tensors_are_received_on_the_device_asked_for() -> None:
    assert into(np.ones(2, "float32"), device="meta").is_meta


def plain_values() -> st.SearchStrategy[Any]:
    scalars = st.none() | st.booleans() | st.integers(-(10**50), 10**50) | st.floats(allow_nan=False) | st.binary()
    texts = st.text(st.characters(exclude_categories=["Cs"]))
    keys = scalars | texts
    return st.recursive(
        scalars | texts,
        lambda inner: st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(keys, inner) | st.sets(keys),
        max_leaves=20,
    )


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(plain_values())
def test_any_plain_value_goes_there_and_back(value: Any) -> None:
    assert across(value) == value
    assert into(value) == value

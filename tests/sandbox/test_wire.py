"""The wire against anything: whatever bytes arrive, decoding gives a value or a WireError, and never much memory."""

from __future__ import annotations

import struct
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks import evidence
from grader.sandbox import wire
from grader.sandbox.wire import WireError

REPLIES: list[wire.Reply] = [
    wire.Ready(["landlock", "seccomp"]),
    wire.Refused("user namespaces"),
    wire.Done(None),
    wire.Done(
        wire.DictValue([("w", wire.TensorValue(0, True)), (1, wire.ListValue([wire.TensorValue(1, array=True)]))])
    ),
    wire.Done(wire.TupleValue([1, -1, 0.5, "é", True, None, wire.BytesValue(b"x"), wire.IntValue("-" + "9" * 50)])),
    wire.Done(wire.SetValue([wire.ObjectValue(3, "Dense", "Dense()", ["torch.nn.Module"], True)])),
    wire.Done(wire.TensorValue(-1, meta=("float32", [2, 3]), device="meta")),
    wire.Raised(
        type_name="E", message="m", bases=["E"], frames=[wire.Frame("f.py", 1, "f", "x = 1")], line=1, text="x"
    ),
    wire.Missing(name="f", close=["g"]),
    wire.Untransferable("it is large"),
]
BLOB = evidence.blob_of({"0": np.arange(6, dtype="float32").reshape(2, 3), "1": np.array(True)})


@contextmanager
def at_most(megabytes: int) -> Iterator[None]:
    """The block allocates no more than that, as far as Python's own allocators see it."""
    tracemalloc.start()
    try:
        yield
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < megabytes << 20


def receive(header: bytes, blob: bytes) -> Any:
    """What the trusted side does with the two parts of a frame; "refused" for a WireError."""
    try:
        wire.check_blob(blob)
        reply = wire.decode_reply(header)
        return evidence.decode(reply.value, blob) if isinstance(reply, wire.Done) else reply
    except WireError:
        return "refused"


@pytest.mark.parametrize("reply", REPLIES, ids=lambda reply: type(reply).__name__)
def test_a_reply_comes_back_as_it_was_sent(reply: wire.Reply) -> None:
    data = wire.frame(reply, BLOB)
    header, blob = wire.sizes(data[:8])
    assert (8 + header + blob, blob) == (len(data), len(BLOB))
    assert wire.decode_reply(data[8 : 8 + header]) == reply


def test_a_request_comes_back_as_it_was_sent() -> None:
    request = wire.Call(path=["A", 0, "f"], args=[wire.TensorValue(0)], kwargs={"x": 1.5}, handle=3, keep=True)
    assert wire.decode_request(wire.frame(request)[8:]) == request


def test_a_request_is_no_reply() -> None:
    with pytest.raises(WireError):
        wire.decode_reply(wire.frame(wire.Get(path=["f"]))[8:])


def test_nan_and_infinities_cross() -> None:
    for number in (float("nan"), float("inf"), -float("inf"), -0.0):
        found = receive(wire.frame(wire.Done(number))[8:], b"")
        assert struct.pack("d", found) == struct.pack("d", number)


@pytest.mark.parametrize("prefix", [(wire.HEADER_CAP + 1, 0), (0, wire.BLOB_CAP + 1), (2**32 - 1, 2**32 - 1)])
def test_announced_sizes_over_the_cap_are_refused_before_anything_is_read(prefix: tuple[int, int]) -> None:
    with pytest.raises(WireError, match="too large"):
        wire.sizes(wire.PREFIX.pack(*prefix))


def test_announced_sizes_at_the_cap_are_read() -> None:
    assert wire.sizes(wire.PREFIX.pack(wire.HEADER_CAP, wire.BLOB_CAP)) == (wire.HEADER_CAP, wire.BLOB_CAP)


def test_what_is_over_the_cap_is_not_sent() -> None:
    with pytest.raises(WireError, match="larger than 1 MB"):
        wire.frame(wire.Done("x" * (wire.HEADER_CAP + 1)))
    with pytest.raises(WireError, match="larger than 64 MB"):
        wire.frame(wire.Done(None), bytes(wire.BLOB_CAP + 1))


def test_what_cannot_be_encoded_is_a_wire_error() -> None:
    with pytest.raises(WireError, match="cannot be encoded"):
        wire.frame(wire.Done("\ud800"))
    deep: wire.Value = None
    for _ in range(100_000):
        deep = wire.ListValue([deep])
    with pytest.raises(WireError, match="cannot be encoded"):
        wire.frame(wire.Done(deep))
    while isinstance(deep, wire.ListValue):  # taken apart by hand: the destructor would recurse
        deep = deep.items[0]


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200), st.binary(max_size=100))
def test_random_bytes(header: bytes, blob: bytes) -> None:
    receive(header, blob)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(REPLIES), st.data())
def test_frames_cut_short(reply: wire.Reply, data: st.DataObject) -> None:
    whole = wire.frame(reply)[8:]
    cut = data.draw(st.integers(0, len(whole) - 1))
    assert receive(whole[:cut], b"") == "refused"
    assert receive(
        wire.frame(wire.Done(wire.TensorValue(0)))[8:], BLOB[: data.draw(st.integers(0, len(BLOB) - 1))]
    ) == ("refused")


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(REPLIES), st.data())
def test_frames_with_flipped_bits(reply: wire.Reply, data: st.DataObject) -> None:
    header, blob = bytearray(wire.frame(reply)[8:]), bytearray(BLOB)
    for part in (header, blob):
        for _ in range(data.draw(st.integers(0, 3))):
            bit = data.draw(st.integers(0, 8 * len(part) - 1))
            part[bit // 8] ^= 1 << bit % 8
    receive(bytes(header), bytes(blob))


def plain() -> st.SearchStrategy[Any]:
    """What msgpack can say: much of it almost a reply."""
    leaves = (
        st.none()
        | st.booleans()
        | st.integers(-(2**63), 2**64 - 1)
        | st.floats()
        | st.text(max_size=5)
        | st.binary(max_size=5)
    )
    keys = st.sampled_from(["type", "items", "index", "meta", "digits", "handle", "value", "type_name", "text", "data"])
    tags = st.sampled_from(["list", "tuple", "set", "dict", "bytes", "int", "tensor", "object", "function", "done"])
    return st.recursive(
        leaves | tags,
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(keys, inner, max_size=3)
            | st.builds(lambda tag, rest: {"type": tag, **rest}, tags, st.dictionaries(keys, inner, max_size=3))
        ),
        max_leaves=12,
    )


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(plain())
def test_well_formed_msgpack_of_any_form(value: Any) -> None:
    receive(msgspec.msgpack.encode({"type": "done", "value": value}), BLOB)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(["F64", "F32", "F16", "BF16", "I64", "U8", "BOOL", "F8_E4M3", "C64", "f32", "", "X"]),
    st.lists(st.sampled_from([0, 1, 2, 3, 7, -1, 2**31, 2**32, 2**62, 2**63, 2**64 - 1]), max_size=5),
    st.integers(0, 40),
    st.integers(0, 40),
)
def test_any_index_over_any_data(dtype: str, shape: list[int], end: int, size: int) -> None:
    entry = {"0": {"dtype": dtype, "shape": shape, "data_offsets": [0, end]}}
    index = msgspec.json.encode(entry)
    found = receive(
        wire.frame(wire.Done(wire.TensorValue(0)))[8:], len(index).to_bytes(8, "little") + index + bytes(size)
    )
    assert found == "refused" or found.shape == tuple(shape)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([0, 1, 2, 65, -1, 2**31, 2**62, 2**63 - 1, 2**64 - 1]), max_size=70))
def test_any_meta_shape(shape: list[int]) -> None:
    header = msgspec.msgpack.encode({"type": "done", "value": {"type": "tensor", "index": -1, "meta": ["f", shape]}})
    found = receive(header, b"")
    assert found == "refused" or found.shape == tuple(shape)


def containers(opening: bytes, depth: int) -> bytes:
    return msgspec.msgpack.encode({"type": "done", "value": 0})[:-1] + opening * depth + b"\xc0"


@pytest.mark.parametrize("depth", [10, 1000, 100_000])
def test_deep_nesting_is_refused(depth: int) -> None:
    one_list = b"\x82\xa4type\xa4list\xa5items\x91"
    assert receive(containers(one_list, depth), b"") == ("refused" if depth > 10 else [[[[[[[[[[None]]]]]]]]]])
    assert receive(containers(b"\x91", depth), b"") == "refused"
    assert receive(containers(b"\x81\xa1a", depth), b"") == "refused"


ANNOUNCED = {
    "an_array": b"\xdd\xff\xff\xff\xff",
    "a_map": b"\xdf\xff\xff\xff\xff",
    "bytes": b"\xc6\xff\xff\xff\xff",
    "a_text": b"\xdb\xff\xff\xff\xff",
    "an_extension": b"\xc9\xff\xff\xff\xff\x01",
}


@pytest.mark.parametrize("name", ANNOUNCED)
def test_a_giant_that_is_only_announced_takes_no_memory(name: str) -> None:
    giant = ANNOUNCED[name]
    done = b"\x82\xa4type\xa4done\xa5value"
    with at_most(1):
        for header in (
            giant,
            done + giant,
            done + b"\x82\xa4type\xa4list\xa5items" + giant,
            done + b"\x82\xa4type\xa4dict\xa5items" + giant,
            done + b"\x82\xa4type\xa5bytes\xa4data" + giant,
            done + b"\x82\xa4type\xa3int\xa6digits" + giant,
            b"\x82\xa4type\xa5ready\xa6layers" + giant,
        ):
            assert receive(header, b"") == "refused"


def test_an_eighth_of_a_header_of_the_smallest_values_takes_an_eighth_of_60_mb() -> None:
    count = wire.HEADER_CAP // 8
    items = b"\x82\xa4type\xa4list\xa5items\xdd" + struct.pack(">I", count) + b"\xc0" * count
    header = b"\x82\xa4type\xa4done\xa5value" + items
    with at_most(60 // 8):
        assert len(receive(header, b"")) == count


def test_an_index_at_its_cap_is_parsed_and_one_byte_more_is_not() -> None:
    index = b"{}".ljust(wire.BLOB_INDEX_CAP)
    wire.check_blob(len(index).to_bytes(8, "little") + index)
    index += b" "
    with pytest.raises(WireError, match="index"):
        wire.check_blob(len(index).to_bytes(8, "little") + index)


def test_no_blob_is_a_fine_blob() -> None:
    wire.check_blob(b"")

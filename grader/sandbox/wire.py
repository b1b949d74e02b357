"""What may cross between the trusted side and a worker: data, never code, never pickle.

A message is one frame: two big-endian uint32 lengths, a msgpack header (a tagged struct) and a safetensors blob that
holds the tensors which the header refers to by number. The lengths are checked before anything is read, so neither
side allocates more than the caps for what the other claims to send.
"""

from __future__ import annotations

import struct
from typing import Final, TypeAlias

import msgspec
from msgspec import Struct

HEADER_CAP: Final = 1 << 20
"""Bytes. A million one-byte msgpack nodes decode to at most some 60 MB of Python objects."""
REQUEST_CAP: Final = 8 << 20
"""Bytes of a request's header: the largest submission fits, also where its lines have become comments."""
BLOB_CAP: Final = 64 << 20
"""Bytes of tensors in one message."""
BLOB_INDEX_CAP: Final = 256 << 10
"""Bytes of the JSON index inside a safetensors blob, which its parser would otherwise allow to be 100 MB."""
FILES_CAP: Final = 16
"""Open files that come with one message."""
DEPTH_CAP: Final = 32
"""Nesting of containers."""
CELL_OUTPUTS_CAP: Final = 256 << 10
"""Bytes of JSON that one cell's outputs may take."""
DIGITS_CAP: Final = 400
"""Decimal digits of an integer beyond 64 bits."""
PREFIX: Final = struct.Struct(">II")


class WireError(Exception):
    """A frame that is not what this module writes; the message is a clause for a sentence."""


# --- values ---------------------------------------------------------------------------------------------------------


class ListValue(Struct, tag="list", frozen=True):
    """A Python list."""

    items: list[Value]


class TupleValue(Struct, tag="tuple", frozen=True):
    """A Python tuple."""

    items: list[Value]


class SetValue(Struct, tag="set", frozen=True):
    """A Python set or frozenset."""

    items: list[Value]


class DictValue(Struct, tag="dict", frozen=True):
    """A Python dict, as pairs, since keys may be more than strings."""

    items: list[tuple[Value, Value]]


class BytesValue(Struct, tag="bytes", frozen=True):
    """Python bytes."""

    data: bytes


class IntValue(Struct, tag="int", frozen=True):
    """An integer beyond 64 bits, in decimal digits."""

    digits: str


class TensorValue(Struct, tag="tensor", frozen=True):
    """A tensor (or NumPy array, where `array` is true) whose data is number `index` of the blob."""

    index: int
    requires_grad: bool = False
    array: bool = False
    device: str = "cpu"
    meta: tuple[str, list[int]] | None = None
    """(dtype, shape) of a tensor without data, on the meta device; `index` is then -1."""


class ObjectValue(Struct, tag="object", frozen=True):
    """An object that stays in the worker: known here by its number, type and a short text."""

    handle: int
    type_name: str
    text: str
    bases: list[str] = []
    callable: bool = False


class FileValue(Struct, tag="file", frozen=True):
    """An array whose data is the whole of open file number `index` of those that came with the message.

    Only the trusted side sends files. They are mapped, not read: however many workers are handed one, its data is in
    memory once.
    """

    index: int
    dtype: str
    shape: list[int]


class FunctionValue(Struct, tag="function", frozen=True):
    """A mathematical function handed to the student's code: an expression tree (see `functions.py`)."""

    arity: int
    tree: ListValue


Value: TypeAlias = (
    bool
    | int
    | float
    | str
    | BytesValue
    | ListValue
    | TupleValue
    | SetValue
    | DictValue
    | IntValue
    | TensorValue
    | ObjectValue
    | FileValue
    | FunctionValue
    | None
)


# --- requests -------------------------------------------------------------------------------------------------------


class Load(Struct, tag="load", frozen=True, kw_only=True):
    """Write the submission to a file and import it."""

    name: str
    source: bytes
    seed: int
    probes: bytes = b""
    """Source of helper functions that an exercise's checks run inside the worker."""
    device: str = "cpu"
    threads: int = 1
    """With how many threads torch computes."""
    pictures: bool = False
    """A kernel's worker: whether plots are to be kept as outputs of their cells."""


class RunCell(Struct, tag="run_cell", frozen=True, kw_only=True):
    """Execute a notebook's next code cell; the answer is `Ran`."""

    source: str
    seconds: float
    """After so long the cell is interrupted."""
    outputs: bool = False
    """Whether the answer is to hold what the cell put out."""


class EndCells(Struct, tag="end_cells", frozen=True):
    """The notebook has no more cells: from here on its kernel answers questions as any worker does."""


class Get(Struct, tag="get", frozen=True, kw_only=True):
    """The value at `path` in the submission: names, attributes and keys."""

    path: list[Value]
    keep: bool = False
    """Keep it in the worker and answer with an ObjectValue, whatever it is."""


class Call(Struct, tag="call", frozen=True, kw_only=True):
    """Call what lies at `path`: in the submission, or in the object `handle`, or among the probes."""

    path: list[Value]
    args: list[Value] = []
    kwargs: dict[str, Value] = {}
    handle: int | None = None
    probe: bool = False
    keep: bool = False
    """Keep the result in the worker and answer with an ObjectValue, whatever it is."""
    watch: str = ""
    """Name of a local variable of the submission: `Progress` is sent of how it grows while the call runs."""


class Forward(Struct, tag="forward", frozen=True, kw_only=True):
    """Call the module `handle` on the inputs; with `upstream`, answer the gradients instead of the output.

    The answer to a backward is a dict: "output", "inputs" (list) and "parameters" (list of [name, gradient or None]).
    """

    handle: int
    args: list[Value]
    upstream: Value = None
    backward: bool = False


class LoadParameters(Struct, tag="load_parameters", frozen=True, kw_only=True):
    """Copy each tensor into the one parameter of the module `handle` that has its shape."""

    handle: int
    tensors: list[Value]


class Describe(Struct, tag="describe", frozen=True, kw_only=True):
    """Parameters, state_dict keys and submodules of the module `handle`, as a dict."""

    handle: int


class Differentiate(Struct, tag="differentiate", frozen=True, kw_only=True):
    """Call what lies at `path` on fresh leaf tensors, then backward from the result; answer what happened as a dict."""

    path: list[Value]
    leaves: list[Value]
    before: list[Value] = []
    """Arguments that come before the leaves."""


Request: TypeAlias = Load | RunCell | EndCells | Get | Call | Forward | LoadParameters | Describe | Differentiate


# --- replies --------------------------------------------------------------------------------------------------------


class Frame(Struct, frozen=True):
    """One line of a traceback, inside the submission."""

    file: str
    line: int
    function: str
    source: str


class Ready(Struct, tag="ready", frozen=True):
    """The worker is confined; `layers` names what is in force."""

    layers: list[str]


class Refused(Struct, tag="refused", frozen=True):
    """Confinement failed at the step that `reason` names; no student code has run."""

    reason: str


class Progress(Struct, tag="progress", frozen=True):
    """Sent while a call is watched, before its reply: how long the watched history is, and its last numbers."""

    length: int
    numbers: dict[str, float]


class Noticed(Struct, tag="noticed", frozen=True):
    """Before an answer: the student's code does what a person should look at, a clause, in that line (0: unknown)."""

    what: str
    line: int = 0


class Done(Struct, tag="done", frozen=True):
    """The answer."""

    value: Value


class Raised(Struct, tag="raised", frozen=True, kw_only=True):
    """The student's code raised. `bases` are the names of the exception's classes, most special first."""

    type_name: str
    message: str
    bases: list[str]
    frames: list[Frame]
    line: int | None = None
    """SyntaxError: line number, column (1-based) and text of the offending line."""
    column: int | None = None
    text: str | None = None
    suggestion: str = ""
    """A name that is there, much like the one that is not; "" if there is none."""


class Ran(Struct, tag="ran", frozen=True, kw_only=True):
    """A cell has come to its end, or was interrupted after its time."""

    raised: Raised | None = None
    interrupted: bool = False
    outputs: bytes = b""
    """JSON: a list of outputs as a notebook holds them, already cut to their cap."""


class Missing(Struct, tag="missing", frozen=True, kw_only=True):
    """The submission has nothing at that path; `close` lists names much like it.

    `inside` says in what it is defined all the same, on that line: "class", "function", "guard" (`if __name__ == …`) or
    another "block"; "" if nowhere.
    """

    name: str
    close: list[str]
    inside: str = ""
    line: int = 0


class Untransferable(Struct, tag="untransferable", frozen=True):
    """The result is too large or too deep to cross; `reason` is a clause."""

    reason: str


Reply: TypeAlias = Ready | Refused | Progress | Noticed | Done | Raised | Ran | Missing | Untransferable


# --- frames ---------------------------------------------------------------------------------------------------------

_encoder = msgspec.msgpack.Encoder()
_request_decoder: msgspec.msgpack.Decoder[Request] = msgspec.msgpack.Decoder(Request)
_reply_decoder: msgspec.msgpack.Decoder[Reply] = msgspec.msgpack.Decoder(Reply)


def frame(message: Request | Reply, blob: bytes = b"") -> bytes:
    """Encode `message` and its tensors as one frame.

    Raises:
        WireError: if either part is over its cap.
    """
    try:
        header = _encoder.encode(message)
    except (RecursionError, OverflowError, UnicodeEncodeError, ValueError) as error:
        raise WireError(f"it cannot be encoded ({error})") from None
    cap = HEADER_CAP if isinstance(message, Reply) else REQUEST_CAP
    if len(header) > cap:
        raise WireError(f"it is larger than {cap >> 20} MB")
    if len(blob) > BLOB_CAP:
        raise WireError(f"its tensors are larger than {BLOB_CAP >> 20} MB")
    return PREFIX.pack(len(header), len(blob)) + header + blob


def sizes(prefix: bytes, header_cap: int = HEADER_CAP) -> tuple[int, int]:
    """Header and blob lengths announced by an 8-byte prefix.

    Raises:
        WireError: if either is over its cap.
    """
    header, blob = PREFIX.unpack(prefix)
    if header > header_cap or blob > BLOB_CAP:
        raise WireError("it is far too large")
    return header, blob


def decode_request(header: bytes) -> Request:
    """Decode the header of a request."""
    return _request_decoder.decode(header)


def decode_reply(header: bytes) -> Reply:
    """Decode the header of a reply.

    Raises:
        WireError: if it is not a well-formed reply.
    """
    try:
        return _reply_decoder.decode(header)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError, ValueError, OverflowError) as error:
        raise WireError(f"it is not a well-formed reply ({type(error).__name__})") from None


def check_blob(blob: bytes) -> None:
    """Refuse a safetensors blob whose index is over its cap, before its parser sees it.

    Raises:
        WireError: if the index is too large or cut off.
    """
    if not blob:
        return
    if len(blob) < 8:
        raise WireError("its tensors are cut off")
    index = int.from_bytes(blob[:8], "little")
    if index > BLOB_INDEX_CAP or index + 8 > len(blob):
        raise WireError("the index of its tensors is too large")

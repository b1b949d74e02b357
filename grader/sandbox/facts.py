"""What the reader is asked about a student's bytes, and what it answers: plain facts. Used on both sides of the wall.

A message is one frame: a big-endian uint32 length and msgpack. The length is checked before anything is read.
"""

from __future__ import annotations

import struct
from typing import Final, TypeAlias

import msgspec
from msgspec import Struct

CPU_S: Final = 1.0
"""Seconds of processor time that one question may take. A solution takes some milliseconds."""
MEMORY_MB: Final = 640
"""Address space that one question may take beyond what the reader maps: its answer, and Python's parser."""
METADATA_CPU_S: Final = 20.0
"""The same for what Gradescope says of a whole class: some megabytes for a thousand students, and read once."""
QUESTION_CAP: Final = 65 << 20
"""Bytes of a question: the largest notebook fits."""
NODES_CAP: Final = 60_000
"""Nodes of a syntax tree. A solution has one or two thousand."""
DEPTH_CAP: Final = 500
"""Nodes below one another in a syntax tree."""
TEXT_CAP: Final = 2 << 20
"""Characters of a notebook's cells that are no code."""
LENGTH: Final = struct.Struct(">I")


class ReadFile(Struct, tag="file", frozen=True):
    """The bytes of a .py file; the answer is `Program`."""

    data: bytes


class ReadNotebook(Struct, tag="notebook", frozen=True):
    """The bytes of an .ipynb file; the answer is `Program`."""

    data: bytes


class ReadCells(Struct, tag="cells", frozen=True):
    """Code cells as they stand in a live notebook; the answer is `Program`."""

    sources: list[str]


class ReadTree(Struct, tag="tree", frozen=True):
    """A program's text; the answer is `Tree`."""

    text: str


class WithoutNames(Struct, tag="without names", frozen=True):
    """A program in which none of these names may be; the answer is `Content`, empty if that cannot be had."""

    source: bytes
    names: list[str]


class ReadMetadata(Struct, tag="metadata", frozen=True):
    """The bytes of Gradescope's `submission_metadata.yml`, which quotes students; the answer is `Metadata`."""

    data: bytes


class ReadComment(Struct, tag="comment", frozen=True):
    """What the zip file that comes along says of itself as a whole; the answer is `Content`."""


class ListArchive(Struct, tag="list", frozen=True, kw_only=True):
    """What lies in the zip file that comes along as a descriptor; the answer is `Members`.

    Attributes:
        inside: where the archive is a member of that file: its number.
        junk: names of folders and files that a computer made, of which nothing is said.
        mark: name of a file that tells of a folder what it is, though it may be junk.
        most: members to tell of; the others are counted.
        eager: bytes of programs that may be told with the list.
        cap: bytes that one member may have.
        strict: whether a student made the archive, so that a list of far too many members is not even read.
    """

    inside: int | None = None
    junk: frozenset[str] = frozenset()
    mark: str = ""
    most: int = 1_000
    eager: int = 0
    cap: int = 32 << 20
    strict: bool = True


class Unpack(Struct, tag="unpack", frozen=True, kw_only=True):
    """The bytes of a member of the zip file that comes along; the answer is `Content`. Attributes as above."""

    number: int
    inside: int | None = None
    cap: int = 32 << 20


Question: TypeAlias = (
    ReadFile | ReadNotebook | ReadCells | ReadTree | WithoutNames | ReadMetadata | ReadComment | ListArchive | Unpack
)


def cpu_s(question: Question) -> float:
    """Seconds of processor time that a question may take."""
    return METADATA_CPU_S if isinstance(question, ReadMetadata) else CPU_S


class Cell(Struct, frozen=True):
    """One cell: `kind` is code, markdown or raw."""

    kind: str
    source: str


class Likeness(Struct, frozen=True):
    """What a program is compared by.

    Attributes:
        fingerprint: equal for programs that are parsed to the same tree; "" of no program.
        sketch: hashes of its runs of tokens, but for the names in them; empty for what cannot be parsed.
    """

    fingerprint: str = ""
    sketch: frozenset[int] = frozenset()


class Program(Struct, tag="program", frozen=True, kw_only=True):
    """A student's program, as it is run.

    Attributes:
        source: a file's, in UTF-8 whatever the file was saved in; of a notebook all code as one file that can be
            parsed: magics, and cells that no Python can read, are comments.
        problem: a sentence if it cannot be a solution; then nothing else is told.
        likeness: what it is compared by with others.
        cells: a notebook's; None for a file.
        repairs: sentences about what had to be repaired to read a notebook.
    """

    source: bytes = b""
    problem: str = ""
    likeness: Likeness = Likeness()
    cells: list[Cell] | None = None
    repairs: list[str] = []


Scalar: TypeAlias = str | int | float | bool | None


class Tree(Struct, tag="syntax", frozen=True):
    """A syntax tree, flat, in the order of a walk that goes down first; empty if the text cannot be parsed.

    What comes next is told by a number: NODE, and then the name of its class, its line and column (None where it has
    none), and its fields as that class lists them; LIST, its length, and its items; PLAIN, and a constant as it is; or
    one that no message holds as it is: ELLIPSIS; BYTES, LARGE (an integer beyond 64 bits) and HALF (a text with half
    characters), each in hexadecimal digits; IMAGINARY, and a number.
    """

    items: list[Scalar]


NODE, LIST, PLAIN, ELLIPSIS, BYTES, LARGE, HALF, IMAGINARY = range(8)


class Member(Struct, frozen=True, kw_only=True):
    """A file in an archive.

    Attributes:
        number: in the archive's list.
        name: its path as the archive writes it, cut into its parts.
        when: year to second, as the archive says.
        size: bytes that it claims to have.
        data: its bytes, where the list brings them along.
    """

    number: int
    name: list[str]
    when: list[int]
    size: int
    data: bytes | None = None


class Refused(Struct, frozen=True, kw_only=True):
    """Members that are not read, for one reason: `why` completes "NAME …".

    Attributes:
        top: the first part of their paths; "" where they lead out of the archive.
        name: one of them, with its path.
        count: how many there are.
    """

    top: str
    name: str
    why: str
    count: int


class Members(Struct, tag="members", frozen=True, kw_only=True):
    """What lies in an archive. `folders`: the first parts of paths that are folders, and `marked` those with the mark.

    `files`: how many there are.
    """

    members: list[Member]
    folders: list[str]
    refused: list[Refused]
    files: int
    marked: list[str] = []


class Content(Struct, tag="content", frozen=True):
    """The bytes of a member."""

    data: bytes


class Submitter(Struct, frozen=True):
    """A person as Gradescope knows it; "" for what it does not say."""

    name: str
    sid: str
    email: str


class HandedIn(Struct, frozen=True):
    """A folder of Gradescope's: who has handed it in, and when, in its own words."""

    submitters: list[Submitter]
    created_at: str


class Metadata(Struct, tag="said", frozen=True):
    """What Gradescope says of folders, by their names. What is not of its form is left out."""

    folders: dict[str, HandedIn]


class Unusable(Struct, tag="unusable", frozen=True):
    """A file, an archive or a member that cannot be read; `why` completes "NAME …"."""

    why: str


class Ended(Struct, tag="ended", frozen=True):
    """The process that was to answer has ended without an answer: `signal` ended it, or 0."""

    signal: int


Answer: TypeAlias = Program | Tree | Members | Content | Metadata | Unusable | Ended


class Answered(Struct, frozen=True):
    """An answer, and the processor time that it took, s."""

    answer: Answer
    cpu_s: float


_encoder = msgspec.msgpack.Encoder()
_questions: msgspec.msgpack.Decoder[Question] = msgspec.msgpack.Decoder(Question)
_answers: msgspec.msgpack.Decoder[Answered] = msgspec.msgpack.Decoder(Answered)


def frame(message: Question | Answered) -> bytes:
    """A message as bytes."""
    data = _encoder.encode(message)
    return LENGTH.pack(len(data)) + data


def question_of(data: bytes | bytearray) -> Question:
    """A question from its bytes, without their length."""
    return _questions.decode(data)


def answer_of(data: bytes | bytearray) -> Answered:
    """An answer from its bytes, without their length.

    Raises:
        ValueError: if they are none.
    """
    try:
        return _answers.decode(data)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError, OverflowError) as error:
        raise ValueError(str(error)) from None

"""What a machine holds of the data that an exercise is graded on, as the exercise's `data.py` says it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Stock:
    """What is there of an exercise's data.

    Attributes:
        name: of the data, in words.
        folder: where they lie, or would.
        present: whether anything of them is there.
        problem: what is wrong with what is there, as a clause; "" if nothing is, or nothing is there.
        summary: what they are, as a clause: how many rows, say.
        sentences: what else is to be said of them if they are there and well.
        download: how much is to be fetched if they are not, such as "11 MB".
        without: a sentence that says what happens where they cannot be had.
    """

    name: str
    folder: Path
    present: bool
    problem: str = ""
    summary: str = ""
    sentences: tuple[str, ...] = ()
    download: str = ""
    without: str = ""

"""A notebook's cells, as the reader has found them. Nothing is executed here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from grader.sandbox.facts import Cell

SIZE_CAP: Final = 64 << 20
"""Bytes of a notebook's file, saved outputs included."""


@dataclass(frozen=True)
class Notebook:
    """A notebook's cells, and sentences about what had to be repaired to read them."""

    all_cells: tuple[Cell, ...]
    repairs: tuple[str, ...] = ()

    @cached_property
    def cells(self) -> tuple[str, ...]:
        """The code cells that are not empty: number n is In [n] after Restart & Run All."""
        return tuple(cell.source for cell in self.all_cells if cell.kind == "code" and cell.source.strip())


def first_line(source: str) -> str:
    """The first line of a cell that says something."""
    return next((line.strip() for line in source.splitlines() if line.strip()), "")

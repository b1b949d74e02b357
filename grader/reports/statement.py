"""An exercise's statement and its solution, for a person at a terminal."""

from __future__ import annotations

from typing import ClassVar

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.markdown import Heading, Markdown, MarkdownElement, TableElement
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text
from rich.theme import Theme

_WIDTH = 100
"""Columns beyond which lines are tiring to read."""


class _Heading(Heading):
    """A heading at the left, in bold, without a box."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if self.tag != "h1":
            yield Text("")
        yield Text(self.text.plain, "bold underline" if self.tag == "h1" else "bold")


class _Table(TableElement):
    """A table none of whose words is cut, however narrow it gets."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for table in super().__rich_console__(console, options):
            if isinstance(table, Table):
                for column in table.columns:
                    column.overflow = "fold"
            yield table


class _Statement(Markdown):
    elements: ClassVar[dict[str, type[MarkdownElement]]] = {
        **Markdown.elements,
        "heading_open": _Heading,
        "table_open": _Table,
    }

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        with console.use_theme(Theme({"markdown.code": "bold cyan"})):  # rich's own is on black, a blot on white
            yield from super().__rich_console__(console, options.update(width=min(_WIDTH, options.max_width)))


def markdown(text: str) -> RenderableType:
    """A statement, rendered."""
    return _Statement(text, code_theme="ansi_dark", hyperlinks=False)


def python(text: str) -> RenderableType:
    """A program, with its syntax in colours."""
    return Syntax(text, "python", theme="ansi_dark", word_wrap=True, background_color="default")

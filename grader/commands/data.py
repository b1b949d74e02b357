"""grade data: what is there of CoverType, and fetching it."""

from __future__ import annotations

from typing import Annotated

import typer

from grader.commands.console import live, say
from grader.commands.options import Exit
from grader.commands.training import DataHomeOption
from grader.errors import UsageError


def data(
    fetch: Annotated[bool, typer.Option("--fetch", help="Download what is missing or damaged (11 MB).")] = False,
    data_home: DataHomeOption = None,
) -> None:
    """Show what is there of CoverType, which ex15 trains on: its rows, checked by sha256; with --fetch, download it."""
    from grader.checks import datasets

    stock = datasets.look(data_home)
    if fetch and (stock.problem or not stock.present):
        arrived = [0.0]
        with live(lambda: _bar(arrived[0]), lambda: f"CoverType: {arrived[0]:.0%} of 11 MB") as news:

            def watch(share: float) -> None:
                arrived[0] = share
                news()

            try:
                _, note = datasets.obtain(data_home, watch)
            except datasets.Unobtainable as lack:
                raise UsageError(f"CoverType cannot be had: {lack}. ex15 is graded on a stand-in meanwhile.") from None
        if note:
            say(note)
        stock = datasets.look(data_home)
    if not stock.present:
        say(f"CoverType is not in {stock.folder}. Fetch it with: grade data --fetch")
    elif stock.problem:
        say(f"CoverType in {stock.folder} is damaged: {stock.problem}. Fetch it anew with: grade data --fetch")
    else:
        counts = ", ".join(f"{count:,}" for count in datasets.PER_CLASS)
        say(f"CoverType is in {stock.folder}: {stock.rows:,} rows, of the classes 1 to 7 {counts}.")
        say(f"sha256 of the rows: {datasets.SHA256}, as it should be.")
    raise typer.Exit(Exit.ALL_PASSED if stock.present and not stock.problem else Exit.NOT_ALL)


def _bar(share: float) -> object:
    from rich.progress_bar import ProgressBar

    return ProgressBar(total=1.0, completed=share, width=40)

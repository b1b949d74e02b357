"""grade data: what is there of the data that exercises are graded on, and fetching them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from grader.commands.console import live, say
from grader.commands.exercise_options import materials_of
from grader.commands.exit_codes import Exit
from grader.commands.options import CourseOption, names_of_exercises
from grader.errors import Unobtainable, UsageError

if TYPE_CHECKING:
    from grader.checks.materials import Materials
    from grader.checks.stock import Stock
    from grader.exercises.data import Data


def data(
    context: typer.Context,
    exercise: Annotated[
        str | None, typer.Argument(help="ex13 or 13; none: all that have data.", autocompletion=names_of_exercises)
    ] = None,
    fetch: Annotated[bool, typer.Option("--fetch", help="Download what is missing or damaged.")] = False,
    course: CourseOption = None,
) -> None:
    """Check which data that exercises are graded on are here; with --fetch, download what is missing."""
    from grader.exercises.course import find_course
    from grader.exercises.data import data_of

    around = find_course(course)
    wanted = [around.find(exercise)] if exercise else list(around.exercises())
    found = [(each, own) for each in wanted if (own := data_of(each)) is not None]
    if exercise and not found:
        raise UsageError(f"{wanted[0].label} has no data of its own.")
    if not found:
        say("No exercise of this course has data of its own.")
    materials = materials_of(context, [each for each, _ in found])
    well = True
    for each, own in found:
        stock = own.look(chosen := each.materials(materials), closely=True)
        if fetch and (stock.problem or not stock.present):
            stock = _fetched(own, chosen, stock)
        for sentence in _sentences(stock):
            say(sentence)
        well = well and stock.present and not stock.problem
    raise typer.Exit(Exit.ALL_PASSED if well else Exit.NOT_ALL)


def _fetched(own: Data, materials: Materials, stock: Stock) -> Stock:
    """What is there after fetching; what had to be mended is said.

    Raises:
        UsageError: if the data cannot be had.
    """
    arrived = [0.0]
    size = f" of {stock.download}" if stock.download else ""
    with live(lambda: _bar(arrived[0]), lambda: f"{stock.name}: {arrived[0]:.0%}{size}") as news:

        def watch(share: float) -> None:
            arrived[0] = share
            news()

        try:
            note = own.obtain(materials, watch)
        except Unobtainable as lack:
            raise UsageError(f"{stock.name} cannot be had: {lack}. {stock.without}".rstrip()) from None
    if note:
        say(note)
    return own.look(materials, closely=True)


def _sentences(stock: Stock) -> Iterator[str]:
    if not stock.present:
        yield f"{stock.name} is not in {stock.folder}. Fetch it with: grade data --fetch"
    elif stock.problem:
        yield f"{stock.name} in {stock.folder} is damaged: {stock.problem}. Fetch it anew with: grade data --fetch"
    else:
        yield f"{stock.name} is in {stock.folder}{f': {stock.summary}' if stock.summary else ''}."
        yield from stock.sentences


def _bar(share: float) -> object:
    from rich.progress_bar import ProgressBar

    return ProgressBar(total=1.0, completed=share, width=40)

"""The command `grade`: puts the commands together, and turns every error into one sentence and an exit code."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import sys
from pathlib import Path

import click
import typer
import typer.core
from click.shell_completion import CompletionItem
from typer.core import TyperCommand

from grader import extras
from grader.commands.adopt import adopt
from grader.commands.board import board
from grader.commands.class_ import class_
from grader.commands.classroom50 import classroom50
from grader.commands.console import complain, flush, prepare, say
from grader.commands.data import data
from grader.commands.desk import desk
from grader.commands.doctor import doctor
from grader.commands.exercise_options import TakesDataOptions, TakesExerciseOptions
from grader.commands.gradescope import autograde, gradescope
from grader.commands.hint import hint
from grader.commands.list_ import list_
from grader.commands.marking import adjust, comment, explain, history, queue
from grader.commands.mutants import mutants
from grader.commands.new import new
from grader.commands.next_ import next_
from grader.commands.notebook import notebook
from grader.commands.open_ import open_
from grader.commands.options import Exit, names_of_exercises
from grader.commands.release import release
from grader.commands.render import render
from grader.commands.replay import appeal, regrade, replay
from grader.commands.reset import reset
from grader.commands.run import run
from grader.commands.schema import schema
from grader.commands.show import show
from grader.commands.start import start
from grader.commands.submit import submit
from grader.commands.verify import verify
from grader.commands.watch import watch
from grader.errors import GraderError, UsageError

STUDENTS, INSTRUCTORS, AUTHORS = "For students", "For instructors", "For course authors"
GROUPS = {
    STUDENTS: (board, list_, next_, show, start, open_, run, watch, hint, reset, submit, notebook, data, doctor),
    INSTRUCTORS: (
        *(class_, queue, desk, adjust, comment, explain, history, regrade, replay, appeal),
        *(render, gradescope, classroom50, autograde, schema),
    ),
    AUTHORS: (verify, mutants, adopt, new, release),
}
"""The commands, as `grade --help` lists them."""
COMMANDS = {
    # A name that Python keeps for itself ends in an underscore there.
    command.__name__.rstrip("_"): command
    for commands in GROUPS.values()
    for command in commands
}


CLASSES: dict[str, type[TyperCommand]] = {"run": TakesExerciseOptions, "data": TakesDataOptions}
"""Commands that take options of exercises."""


class Commands(typer.core.TyperGroup):
    """The commands, and what may stand in the place of one: the exercises and files of `grade run`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """`grade ex13` is `grade run ex13`, also when its next word is being completed."""
        first_word_is_typed = ctx.resilient_parsing and not args
        return super().parse_args(ctx, args if first_word_is_typed else _arguments(args))

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Typer's own, and --version."""
        version = click.Option(
            ["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_say_versions,
            help="Say which versions of grade, Python and torch these are.",
        )
        return [version, *super().get_params(ctx)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands by whom they are for, each with its whole first sentence."""
        for title, commands in GROUPS.items():
            if title != STUDENTS and _is_kit():
                continue
            rows = [(name, _first_sentence(name)) for name in COMMANDS if COMMANDS[name] in commands]
            with formatter.section(title):
                formatter.write_dl(rows)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Commands and exercises that begin so."""
        exercises = [CompletionItem(name, help=title) for name, title in names_of_exercises(incomplete)]
        return [*super().shell_complete(ctx, incomplete), *exercises]


app = typer.Typer(
    cls=Commands,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Check your work on the chapter's exercises: grade ex13, grade 13, grade path/to/file.py, grade all. "
    "Without arguments: the board of all exercises.",
)
for name, command in COMMANDS.items():
    app.command(name, cls=CLASSES.get(name))(command)


def _arguments(arguments: list[str]) -> list[str]:
    """`grade ex13` is `grade run ex13`: whatever is not a command's name or an option of its own is to be graded."""
    own = ("--help", "--version", "--install-completion", "--show-completion")
    return arguments if arguments and (arguments[0] in COMMANDS or arguments[0] in own) else ["run", *arguments]


def _first_sentence(name: str) -> str:
    text = " ".join((COMMANDS[name].__doc__ or "").split())
    sentence = text.split(". ")[0].rstrip(".") + "."
    # The heading above says it.
    for whom in ("For instructors: ", "For authors: "):
        sentence = sentence.removeprefix(whom)
    return sentence[0].upper() + sentence[1:]


def _is_kit() -> bool:
    """Whether this is what students get: the exercises beside the grader, and no solutions."""
    root = Path(__file__).parents[1]
    return (root / "exercises").is_dir() and not (root / "solutions").exists()


def _say_versions(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if not value or ctx.resilient_parsing:
        return
    from grader.grading.version import own_version

    try:
        torch = f"torch {importlib.metadata.version('torch')}"
    except importlib.metadata.PackageNotFoundError:
        torch = "no torch"
    say(f"grade {own_version()}, Python {platform.python_version()}, {torch}")
    raise click.exceptions.Exit(0)


def main() -> None:
    """Entry point. Every error is one sentence; GRADE_DEBUG=1 adds the traceback of a fault of ours."""
    prepare()
    try:
        # What a command raises as typer.Exit is given back as the result; so is a Ctrl-C, as 130.
        code = app(standalone_mode=False)
        flush()
        if code == Exit.INTERRUPTED:
            complain("stopped.")
    except click.Abort:
        complain("stopped.")
        code = Exit.INTERRUPTED
    except click.ClickException as error:
        context = error.ctx if isinstance(error, click.UsageError) else None
        command = f"grade {context.info_name}" if context and context.parent else "grade"
        complain(f"{error.format_message()} Try: {command} --help")
        code = Exit.BAD_INPUT
    except UsageError as error:
        complain(str(error))
        code = Exit.BAD_INPUT
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # the reader of our output has left
        code = Exit.NOT_ALL
    except Exception as error:
        if os.environ.get("GRADE_DEBUG"):
            raise
        if isinstance(error, ModuleNotFoundError) and (sentence := extras.lack_of_module(error.name)):
            complain(sentence)
            sys.exit(int(Exit.BAD_INPUT))
        kind = "" if isinstance(error, GraderError) else f"{type(error).__name__}, a fault of the grader: "
        sentence = f"{kind}{error}"
        stop = "" if sentence.endswith((".", "!", "?")) else "."
        complain(f"{sentence}{stop} No work was marked down. GRADE_DEBUG=1 shows more.")
        code = Exit.OUR_FAULT
    sys.exit(int(code or 0))

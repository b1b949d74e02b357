"""The command `grade`: puts the commands together, and turns every error into one sentence and an exit code."""

from __future__ import annotations

import os
import sys

import click
import typer

from grader.commands.board import board
from grader.commands.class_ import class_
from grader.commands.console import complain
from grader.commands.data import data
from grader.commands.doctor import doctor
from grader.commands.hint import hint
from grader.commands.new import new
from grader.commands.options import Exit
from grader.commands.release import release
from grader.commands.replay import replay
from grader.commands.run import run
from grader.commands.schema import schema
from grader.commands.verify import verify
from grader.errors import GraderError, UsageError

COMMANDS = {
    # A name that Python keeps for itself ends in an underscore there.
    command.__name__.rstrip("_"): command
    for command in (board, run, hint, verify, class_, replay, new, release, data, doctor, schema)
}

app = typer.Typer(
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Check your work on the chapter's exercises: grade ex13 · grade 13 · grade path/to/file.py · grade all. "
    "Without arguments: the board of all exercises.",
)
for name, command in COMMANDS.items():
    app.command(name)(command)


def _arguments(arguments: list[str]) -> list[str]:
    """`grade ex13` is `grade run ex13`: whatever is not a command's name or an option of its own is to be graded."""
    own = ("--help", "--install-completion", "--show-completion")
    return arguments if arguments and (arguments[0] in COMMANDS or arguments[0] in own) else ["run", *arguments]


def main() -> None:
    """Entry point. Every error is one sentence; GRADE_DEBUG=1 adds the traceback of a fault of ours."""
    try:
        # What a command raises as typer.Exit is given back as the result; so is a Ctrl-C, as 130.
        code = app(_arguments(sys.argv[1:]), standalone_mode=False)
        if code == Exit.INTERRUPTED:
            complain("stopped.")
    except click.Abort:
        complain("stopped.")
        code = Exit.INTERRUPTED
    except click.ClickException as error:
        complain(f"{error.format_message()} Try: grade --help")
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
        kind = "" if isinstance(error, GraderError) else f"{type(error).__name__}, a fault of the grader: "
        complain(f"{kind}{error} No work was marked down. GRADE_DEBUG=1 shows more.")
        code = Exit.OUR_FAULT
    sys.exit(int(code or 0))

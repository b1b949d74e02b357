"""The command `grade`: puts the commands together, and turns every error into one sentence and an exit code."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable, MutableMapping
from typing import TYPE_CHECKING, Any

import click

from grader.commands.console import complain, flush, prepare, say
from grader.commands.exit_codes import Exit
from grader.commands.table import GROUPS, ROWS, STUDENTS
from grader.errors import GraderError, UsageError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem
    from typer.core import TyperCommand


class Commands(click.Group):
    """The commands, and what may stand in the place of one: the exercises and files of `grade run`.

    A command is imported when it is called, so that help does not pay for all of them, nor each for the others.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """`grade ex13` is `grade run ex13`, also when its next word is being completed."""
        first_word_is_typed = ctx.resilient_parsing and not args
        return super().parse_args(ctx, args if first_word_is_typed else _arguments(args))

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names, in the order of the help."""
        return list(ROWS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command by its name."""
        if cmd_name in ROWS and cmd_name not in self.commands:
            self.commands[cmd_name] = _command(cmd_name)
        return self.commands.get(cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands by whom they are for, each with its whole first sentence."""
        for title, rows in GROUPS.items():
            if title != STUDENTS and _is_kit():
                continue
            with formatter.section(title):
                formatter.write_dl([(name, row.sentence) for name, row in rows.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Options, commands and exercises that begin so."""
        from click.shell_completion import CompletionItem

        from grader.commands.options import names_of_exercises

        commands = [(name, row.sentence) for name, row in ROWS.items() if name.startswith(incomplete)]
        words = [CompletionItem(word, help=help) for word, help in (*commands, *names_of_exercises(incomplete))]
        return [*click.Command.shell_complete(self, ctx, incomplete), *words]

    def _main_shell_completion(
        self, ctx_args: MutableMapping[str, Any], prog_name: str, complete_var: str | None = None
    ) -> None:
        """Answer a shell that completes a line, as typer's own groups do."""
        variable = complete_var or f"_{prog_name}_COMPLETE".replace("-", "_").upper()
        if instruction := os.environ.get(variable):
            import typer.completion

            typer.completion.get_completion_inspect_parameters()  # which makes typer's shells known to click
            sys.exit(typer.completion.shell_complete(self, ctx_args, prog_name, variable, instruction))


def _command(name: str) -> click.Command:
    """A command of the table, imported."""
    import typer

    module, _, function = ROWS[name].function.partition(".")
    alone = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    register = alone.command(name, cls=_class_of(name))
    register(getattr(importlib.import_module(f"grader.commands.{module}"), function))
    return typer.main.get_command(alone)


def _class_of(name: str) -> type[TyperCommand] | None:
    """What some commands are, since they take options of exercises."""
    if name not in ("run", "data"):
        return None
    from grader.commands.exercise_options import TakesDataOptions, TakesExerciseOptions

    return TakesExerciseOptions if name == "run" else TakesDataOptions


def _arguments(arguments: list[str]) -> list[str]:
    """`grade ex13` is `grade run ex13`: whatever is not a command's name or an option of its own is to be graded."""
    own = ("--help", *(option for param in app.params for option in param.opts))
    return arguments if arguments and (arguments[0] in ROWS or arguments[0] in own) else ["run", *arguments]


def _is_kit() -> bool:
    """Whether this is what students get: the exercises beside the grader, and no solutions."""
    root = os.path.dirname(os.path.dirname(__file__))
    return os.path.isdir(os.path.join(root, "exercises")) and not os.path.exists(os.path.join(root, "solutions"))


def _say_versions(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if not value or ctx.resilient_parsing:
        return
    import platform
    from importlib.metadata import PackageNotFoundError, version

    from grader.grading.version import own_version

    try:
        torch = f"torch {version('torch')}"
    except PackageNotFoundError:
        torch = "no torch"
    say(f"grade {own_version()}, Python {platform.python_version()}, {torch}")
    raise click.exceptions.Exit(0)


def _install_completion(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value:
        from typer.completion import install_callback

        install_callback(ctx, param, value)


def _show_completion(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value:
        from typer.completion import show_callback

        show_callback(ctx, param, value)


def _flag(name: str, callback: Callable[[click.Context, click.Parameter, bool], None], help: str) -> click.Option:
    """An option that does something in a command's place."""
    return click.Option([name], is_flag=True, is_eager=True, expose_value=False, callback=callback, help=help)


app = Commands(
    "grade",
    help="Check your work on the chapter's exercises: grade ex13, grade 13, grade path/to/file.py, grade all. "
    "Without arguments: the board of all exercises.",
    params=[
        _flag("--version", _say_versions, "Say which versions of grade, Python and torch these are."),
        _flag("--install-completion", _install_completion, "Install completion for the current shell."),
        _flag("--show-completion", _show_completion, "Show completion for the current shell, to copy or change it."),
    ],
)


def _lack_of(error: ModuleNotFoundError) -> str:
    from grader.sandbox import extras

    return extras.lack_of_module(error.name)


def main() -> None:
    """Entry point. Every error is one sentence; GRADE_DEBUG=1 adds the traceback of a fault of ours."""
    prepare()
    try:
        # What a command raises as typer.Exit is given back as the result.
        code = app(standalone_mode=False)
        flush()
    except click.Abort:  # a Ctrl-C
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
        if isinstance(error, ModuleNotFoundError) and (sentence := _lack_of(error)):
            complain(sentence)
            sys.exit(int(Exit.BAD_INPUT))
        kind = "" if isinstance(error, GraderError) else f"{type(error).__name__}, a fault of the grader: "
        sentence = f"{kind}{error}"
        stop = "" if sentence.endswith((".", "!", "?")) else "."
        complain(f"{sentence}{stop} No work was marked down. GRADE_DEBUG=1 shows more.")
        code = Exit.OUR_FAULT
    sys.exit(int(code or 0))

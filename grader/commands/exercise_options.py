"""Options that exercises declare, as options of a command: `grade ex13 --name VALUE`, known by the course alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
import typer.core

from grader.checks.materials import Materials
from grader.errors import AuthoringError, GraderError, UsageError

if TYPE_CHECKING:
    from grader.exercises.exercise import Exercise
    from grader.exercises.options import Option

_DECLARED: Final = "grader.declared"
_GIVEN: Final = "grader.given"
Declared = Mapping[str, "list[tuple[Exercise, Option]]"]
"""Name → the exercises of the course that declare an option of that name."""


class TakesExerciseOptions(typer.core.TyperCommand):
    """A command that also takes what the course's exercises declare. The course is read only if that is asked for."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the course if an option is typed that is none of the command's own, or help is wanted."""
        own = {name for param in super().get_params(ctx) for name in (*param.opts, *param.secondary_opts)}
        typed = [arg.split("=")[0] for arg in args[: args.index("--") if "--" in args else None]]
        foreign = any(name.startswith("--") and name not in own for name in typed)
        if foreign or "--help" in typed or ctx.resilient_parsing:
            try:
                ctx.meta[_DECLARED] = self.declared(_course_in(args))
            except GraderError:
                if foreign and not ctx.resilient_parsing:
                    raise
        return super().parse_args(ctx, args)

    def declared(self, course: Path | None) -> Declared:
        """What the exercises of the course declare."""
        from grader.exercises.course import find_course

        return declared_by(find_course(course).exercises())

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """The command's own, and what exercises declare."""
        own = super().get_params(ctx)
        names = {name for param in own for name in param.opts}
        declared: Declared = ctx.meta.get(_DECLARED, {})
        return [*own, *(_click_option(name, owners) for name, owners in declared.items() if f"--{name}" not in names)]


class TakesDataOptions(TakesExerciseOptions):
    """The same for `grade data`: it takes those that say from where data are to come."""

    def declared(self, course: Path | None) -> Declared:
        """What the exercises of the course declare for `grade data`."""
        found = super().declared(course)
        return {name: owners for name, owners in found.items() if any(option.for_data for _, option in owners)}


def declared_by(exercises: Iterable[Exercise]) -> Declared:
    """Name → who declares it.

    Raises:
        AuthoringError: if two exercises mean different kinds of things by one name.
    """
    found: dict[str, list[tuple[Exercise, Option]]] = defaultdict(list)
    for exercise in exercises:
        for name, option in exercise.options.items():
            found[name].append((exercise, option))
    for name, ((first, option), *others) in found.items():
        for other, rival in others:
            if rival.kind != option.kind:
                raise AuthoringError(
                    f"--{name} is a {option.kind} for {first.label} and a {rival.kind} for {other.label}: rename one "
                    "of them in its exercise.toml."
                )
    return found


def materials_of(
    context: click.Context, exercises: Sequence[Exercise], *, submissions: int = 1, required: bool = True
) -> Materials:
    """What was chosen on the command line for these exercises, and makes sense for them.

    Args:
        context: the command's.
        exercises: those that are meant.
        submissions: how many there are.
        required: whether an option that none of them declares is refused.

    Raises:
        UsageError: if it makes no sense.
        AuthoringError: if an exercise declares an option that the command has itself.
    """
    own = {"help", *(name[2:] for param in context.command.params for name in param.opts if name.startswith("--"))}
    for exercise in exercises:
        if taken := sorted(own & set(exercise.options)):
            raise AuthoringError(f"{exercise.id}: --{taken[0]} is grade's own. Rename [options.{taken[0]}].")
    given: Mapping[str, Any] = context.meta.get(_GIVEN, {})
    declared: Declared = context.meta.get(_DECLARED, {})
    for name, value in given.items():
        meant = [exercise for exercise in exercises if name in exercise.options]
        if not meant and required:
            raise UsageError(f"--{name} is for {_listed([exercise.label for exercise, _ in declared[name]])} only.")
        for exercise in meant:
            _check(exercise, exercise.options[name], value, given, submissions)
    return Materials(options=given)


def _check(exercise: Exercise, option: Option, value: Any, given: Mapping[str, Any], submissions: int) -> None:
    if option.kind == "choice" and value not in option.choices:
        raise UsageError(f"--{option.name} {value}: {exercise.label} takes {_listed(option.choices, 'or')}.")
    if option.needs and option.needs not in given:
        raise UsageError(f"--{option.name} goes with --{option.needs}.")
    if option.single and submissions != 1:
        raise UsageError(f"--{option.name} takes one submission, for {exercise.label}; here are {submissions}.")


def _click_option(name: str, owners: Sequence[tuple[Exercise, Option]]) -> click.Option:
    option = owners[0][1]
    types: dict[str, Any] = {
        "choice": click.Choice(list(dict.fromkeys(choice for _, other in owners for choice in other.choices))),
        "number": click.FloatRange(min=0, min_open=True),
        "file": click.Path(path_type=Path),
        "folder": click.Path(path_type=Path),
    }
    return click.Option(
        [f"--{name}"],
        help=f"{option.help} For {_listed([exercise.label for exercise, _ in owners])}.",
        is_flag=option.kind == "flag",
        default=None,
        show_default=option.default or None,
        type=types.get(option.kind),
        expose_value=False,
        callback=_note,
    )


def _note(context: click.Context, param: click.Parameter, value: Any) -> None:
    """Keep what was typed, and nothing else."""
    if value is not None and value is not False:
        context.meta.setdefault(_GIVEN, {})[param.opts[0].lstrip("-")] = value


def _course_in(args: Sequence[str]) -> Path | None:
    """What `--course` says, before anything is parsed."""
    for number, arg in enumerate(args):
        name, given, value = arg.partition("=")
        if name == "--course":
            return Path(value) if given else Path(args[number + 1]) if number + 1 < len(args) else None
    return None


def _listed(names: Sequence[str], word: str = "and") -> str:
    return f" {word} ".join(filter(None, (", ".join(names[:-1]), names[-1])))

"""grade mutants: what no check would notice."""

from __future__ import annotations

import itertools
import textwrap
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Final

import typer

from grader.commands.console import live, say
from grader.commands.exit_codes import Exit
from grader.commands.options import CORES, CourseOption, IsolationOption, JobsOption, SeedOption

if TYPE_CHECKING:
    from rich.console import RenderableType

    from grader.authoring.mutants.trial import Fate, Stand, Tried

_MANY: Final = 6
"""Lines of one kind that are shown whole."""


def mutants(
    exercises: Annotated[list[str] | None, typer.Argument(help="ex13 or 13; none: all.")] = None,
    course: CourseOption = None,
    seed: SeedOption = None,
    isolation: IsolationOption = "auto",
    jobs: JobsOption = CORES,
    sample: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Only N mutants of each exercise, drawn by the seed.")
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="FINGERPRINT", help="Only this mutant; may be repeated.")
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="Show those that were caught, too, and by what.")] = False,
) -> None:
    """For authors: change the right programs in one place each, and name every change that no check notices."""
    from grader.authoring.mutants.trial import Fate, stand_of, try_all
    from grader.errors import UsageError
    from grader.exercises.course import find_course
    from grader.grading.examiner import Examiner
    from grader.grading.runner import Settings
    from grader.grading.secret import new_seed
    from grader.text import counted

    found = find_course(course)
    wanted = [found.find(name) for name in exercises] if exercises else list(found.exercises())
    drawn = new_seed() if seed is None else seed
    stands = [stand_of(exercise) for exercise in wanted]
    if unknown := set(only or ()).difference(m.fingerprint for stand in stands for m in stand.mutants):
        raise UsageError(f"No mutant has the fingerprint {sorted(unknown)[0]}.")
    chosen = [stand.sample(sample, drawn, only or ()) for stand in stands]
    sandbox = Examiner(wanted).open_sandbox(isolation, submissions=sum(map(len, chosen)))
    total, fates, questions = sum(map(len, chosen)), Counter[Fate](), 0
    try:
        sandbox.settle()
        with live(lambda: _bar(fates, total)) as news:
            for stand, few in zip(stands, chosen, strict=True):
                if only and not few:
                    continue
                started, tried = time.monotonic(), []
                for one in try_all(stand, few, sandbox, Settings(seed=drawn, secret=b"verify"), jobs):
                    tried.append(one)
                    fates[one.fate] += 1
                    news()
                questions += _say_result(stand, tried, time.monotonic() - started, everything=all_)
    finally:
        sandbox.close()
    if len(wanted) > 1:
        say(_line(fates, total))
    if questions:
        say(f"{counted(questions, 'question')} open. Replay with --seed {drawn}.")
    raise typer.Exit(Exit.NOT_ALL if questions else Exit.ALL_PASSED)


def _say_result(stand: Stand, tried: Sequence[Tried], seconds: float, *, everything: bool) -> int:
    """Say what became of an exercise's mutants; the number of questions that are open."""
    from grader.authoring.mutants.equivalent import stale
    from grader.authoring.mutants.trial import OPEN
    from grader.text import clean

    unanswered, old = [one for one in tried if one.fate in OPEN], list(stale(stand.reasons, stand.mutants))
    of_all = f" of {len(stand.mutants)}" if len(tried) < len(stand.mutants) else ""
    say(
        f"{'✗' if unanswered or old else '✓'} {stand.exercise.id}: {len(tried)}{of_all} mutants: "
        f"{_counts(Counter(one.fate for one in tried))}  ({seconds:.1f} s)"
    )
    for text in (*(_shown(one) for one in (tried if everything else unanswered)), *old):
        say(textwrap.indent(clean(text), "    "))
    return len(unanswered) + len(old)


def _counts(fates: Mapping[Fate, int]) -> str:
    from grader.authoring.mutants.trial import Fate

    return ", ".join(f"{fates[fate]} {fate}" for fate in Fate if fates[fate]) or "none"


def _line(fates: Mapping[Fate, int], total: int) -> str:
    return f"{sum(fates.values())} of {total} mutants graded: {_counts(fates)}"


def _bar(fates: Mapping[Fate, int], total: int) -> RenderableType:
    from rich.console import Group
    from rich.progress_bar import ProgressBar
    from rich.text import Text

    bar = ProgressBar(total=max(total, 1), completed=sum(fates.values()), width=60)
    return Group(bar, Text(_line(fates, total)))


def _shown(one: Tried) -> str:
    from grader.authoring.mutants.trial import Fate

    found = one.mutant
    where = f", in {found.function}" if found.function else ""
    said = {
        Fate.SURVIVED: "No check notices this: a mistake, or another right program?",
        Fate.EXPLAINED: "Explained: another right program.",
        Fate.CONTRADICTED: f"equivalent.toml calls it right, but {one.check} says: {one.words}",
        Fate.BROKE: f"The check {one.check} broke: {one.words}",
    }.get(one.fate, f"{one.check}: {one.words}")
    head = f"{found.base}:{found.line}{where} ({found.operator} {found.fingerprint})"
    return "\n  ".join((head, *_shortened(found.lines), said))


def _shortened(lines: Sequence[str]) -> Iterator[str]:
    """The lines of a difference, but of many that do not differ the first and the last, and of many that are gone."""
    for kind, group in itertools.groupby(lines, key=lambda line: line[:1]):
        some = list(group)
        yield from some if len(some) <= _MANY else (some[0], f"{kind} …", some[-1])

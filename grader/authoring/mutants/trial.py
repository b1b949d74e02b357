"""Grades mutants: a check must catch each, in warm workers and under deadlines of its own."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Final

import msgspec

from grader.authoring import overlay
from grader.authoring.mutants.equivalent import Reason, reason_for, reasons_in
from grader.authoring.mutants.programs import Mutant, mutants_of
from grader.checks.check import Check
from grader.errors import AuthoringError
from grader.exercises.exercise import Exercise
from grader.grading.runner import Settings, grade
from grader.results import CheckResult, Report, Status
from grader.sandbox.host import Sandbox
from grader.submissions.work import Work, of_bytes

LEAST_CPU_S: Final = 3
"""Processor seconds that any mutant's worker may use."""
LEAST_S: Final = 10.0
"""Wall seconds that any check of a mutant may take, if the exercise itself gives it as many."""
PATIENCE: Final = 10
"""How many times as long as the right program a mutant may take."""


class Fate(StrEnum):
    """What became of a mutant."""

    KILLED = "killed"
    """A check did not pass: an answer, an exception or a crash gave it away."""
    TOO_SLOW = "too slow"
    """It used up its processor time, or a check was still waiting at the deadline: which kills it, too."""
    SURVIVED = "survived"
    """Every check passed, and nobody has said why that is right."""
    EXPLAINED = "explained"
    """Every check passed, and `equivalent.toml` says why that is right."""
    CONTRADICTED = "contradicted"
    """`equivalent.toml` says that this very mutant is right, and a check did not pass."""
    BROKE = "broke"
    """A check broke: our fault, and neither is shown."""


OPEN: Final = (Fate.SURVIVED, Fate.CONTRADICTED, Fate.BROKE)
"""What somebody must still answer."""


@dataclass(frozen=True)
class Tried:
    """A mutant and its fate; `check` and `words` are of the check that decided it, "" if all passed."""

    mutant: Mutant
    fate: Fate
    check: str = ""
    words: str = ""


@dataclass(frozen=True)
class Stand:
    """All mutants of an exercise's right programs, and the reasons that are kept for some of them."""

    exercise: Exercise
    mutants: tuple[Mutant, ...]
    reasons: tuple[Reason, ...]

    def sample(self, count: int | None, seed: int, only: Collection[str] = ()) -> tuple[Mutant, ...]:
        """Those to be graded: so many of them, drawn by the seed, or those of the fingerprints; else all."""
        chosen = [m for m in self.mutants if not only or m.fingerprint in only]
        if count is None or count >= len(chosen):
            return tuple(chosen)
        drawn = random.Random(f"{seed} {self.exercise.id}").sample(range(len(chosen)), count)
        return tuple(chosen[place] for place in sorted(drawn))


def stand_of(exercise: Exercise) -> Stand:
    """The mutants of the reference solution, and of each program in right/ that overlays of wrong/ build on.

    Raises:
        AuthoringError: if there is no solution, or `equivalent.toml` cannot be read.
    """
    if exercise.solution_folder is None or exercise.solution_path is None or not exercise.solution_path.is_file():
        raise AuthoringError(f"{exercise.id} has no reference solution in solutions/, so it has no mutants.")
    alike: Counter[tuple[str, ...]] = Counter()
    mutants = [mutant for path in bases_of(exercise) for mutant in mutants_of(_text(path), path.name, alike)]
    return Stand(exercise, tuple(mutants), reasons_in(exercise.solution_folder))


def bases_of(exercise: Exercise) -> tuple[Path, ...]:
    """The programs that mutants are made of: the reference solution first."""
    assert exercise.solution_folder is not None
    assert exercise.solution_path is not None
    wrong = sorted((exercise.solution_folder / "wrong").glob("*.py"))
    others = {base for path in wrong if (base := overlay.base_of(exercise, path)) is not None}
    return (exercise.solution_path, *sorted(others - {exercise.solution_path}))


def try_all(
    stand: Stand, mutants: Sequence[Mutant], sandbox: Sandbox, settings: Settings, jobs: int = 1
) -> Iterator[Tried]:
    """Grade mutants, `jobs` at a time, and yield what became of each.

    A mutant is asked the checks in their order until one does not pass. It may use `PATIENCE` times as much time as
    the right program took, so that one that hangs costs that and no more. What counts first is processor time: on a
    busy machine nobody is killed for waiting.

    Raises:
        AuthoringError: if a program that mutants are made of does not pass itself.
    """
    settings = replace(settings, materials=replace(settings.materials, rehearsal=True))
    checks = _one_after_the_other(stand.exercise.load_checks(hidden=True))
    hurried: dict[str, tuple[Exercise, tuple[Check, ...]]] = {}
    for path in bases_of(stand.exercise):
        if any(mutant.base == path.name for mutant in mutants):
            report = grade(stand.exercise, checks, _work(stand.exercise, _text(path)), sandbox, settings)
            if (lost := _decided(report)) is not None:
                raise AuthoringError(f"{path} does not pass itself: {lost.id} is {lost.status}: {lost.message}")
            hurried[path.name] = _hurried(stand.exercise, checks, report)

    def one(mutant: Mutant) -> Tried:
        exercise, asked = hurried[mutant.base]
        report = grade(exercise, asked, _work(exercise, mutant.source), sandbox, settings)
        return _judged(mutant, report, reason_for(mutant, stand.reasons))

    with ThreadPoolExecutor(jobs) as pool:
        yield from pool.map(one, mutants)


def _one_after_the_other(checks: Sequence[Check]) -> tuple[Check, ...]:
    """Each comes after all before it, so that the first that does not pass is the last that is asked."""
    return tuple(
        replace(check, after=tuple(dict.fromkeys((*check.after, *(earlier.id for earlier in checks[:place])))))
        for place, check in enumerate(checks)
    )


def _hurried(exercise: Exercise, checks: Sequence[Check], report: Report) -> tuple[Exercise, tuple[Check, ...]]:
    """The exercise and its checks with limits for one that is about as quick as the right program was."""
    limits = exercise.limits
    slowest = max(LEAST_S, PATIENCE * max(result.duration_s for result in report.checks))
    cpu_s = min(limits.worker.cpu_s, max(LEAST_CPU_S, math.ceil(PATIENCE * report.duration_s)))
    hurried = [replace(check, timeout=min(check.timeout or limits.check_s, slowest)) for check in checks]
    worker = msgspec.structs.replace(limits.worker, cpu_s=cpu_s)
    limits = replace(limits, import_s=min(limits.import_s, slowest), worker=worker)
    return replace(exercise, limits=limits), tuple(hurried)


def _decided(report: Report) -> CheckResult | None:
    """The check at which it was decided: the first that did not pass."""
    return next((r for r in report.checks if r.status not in (Status.PASSED, Status.NOT_GRADABLE)), None)


def _judged(mutant: Mutant, report: Report, reason: Reason | None) -> Tried:
    decided = _decided(report)
    if decided is None:
        return Tried(mutant, Fate.EXPLAINED if reason else Fate.SURVIVED)
    words = decided.mistake or decided.message
    if decided.status is Status.GRADER_ERROR:
        return Tried(mutant, Fate.BROKE, decided.id, words)
    if decided.status is Status.TIMEOUT or (decided.status is Status.CRASHED and "processor time" in words):
        return Tried(mutant, Fate.TOO_SLOW, decided.id, words)
    untrue = reason is not None and reason.denies(mutant)
    return Tried(mutant, Fate.CONTRADICTED if untrue else Fate.KILLED, decided.id, words)


def _work(exercise: Exercise, text: str) -> Work:
    return of_bytes(exercise.stub, text.encode())


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")

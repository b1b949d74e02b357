"""What this machine has for grading, and what to do about what is missing."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from grader.checks.materials import Materials
from grader.errors import GraderError, PackageUnfit
from grader.exercises.course import find_course
from grader.exercises.data import data_of
from grader.exercises.exercise import Exercise
from grader.sandbox import extras
from grader.sandbox.ladder import Ladder, open_sandbox
from grader.sandbox.limits import BASIC, FULL, LEVELS, NO_NAMESPACES, Limits

_ADVICE = {
    FULL: "Use a Linux kernel 5.13 or later with unprivileged user namespaces (or run as root), and libseccomp2.",
    NO_NAMESPACES: "Use a Linux kernel 5.13 or later with Landlock enabled, and install libseccomp2.",
    BASIC: "Check that `python -c 'import torch'` works in this environment.",
}
_UNFIT = (
    "torchvision holds code for one build of torch, and this torch is another. "
    "Install both in one step, from one place: python -m pip install --force-reinstall torch torchvision"
)


@dataclass(frozen=True)
class Finding:
    """One thing looked at: its name, what was found, whether that is fine, and otherwise what to do."""

    name: str
    found: str
    ok: bool
    advice: str = ""


def examine(course: Path | None) -> list[Finding]:
    """Look at python, the chapter's packages, devices, every isolation level, the course and the data."""
    findings = [_python(), _package("torch", "")]
    try:
        opened = find_course(course)
        exercises = opened.exercises()
    except GraderError as error:
        advice = "Go to the course's folder, or say --course FOLDER."
        return [*findings, *_isolation_and_device(()).findings, Finding("course", str(error), False, advice)]
    needed = dict(_needed_by(exercises))
    sandboxes = _isolation_and_device([package for package in needed if not extras.missing([package])])
    return [
        *findings,
        *sandboxes.findings,
        _course(exercises, opened.root),
        *(_package(package, whose, sandboxes.broken.get(package, "")) for package, whose in needed.items()),
        *(_package(package, "notebooks need") for package in extras.NOTEBOOKS),
        *(f for exercise in exercises for f in _data(exercise)),
    ]


def _python() -> Finding:
    ok = sys.version_info >= (3, 11)
    return Finding("python", platform.python_version(), ok, "" if ok else "Install Python 3.11 or later.")


def _package(package: str, whose: str, broken: str = "") -> Finding:
    """Whether a package is there. `whose`: who alone needs it, with the verb; "": everybody, who is ill without.

    `broken`: what came of importing it, if that failed.
    """
    if broken:
        anew = f"Install it anew: python -m pip install --force-reinstall {package}"
        found = f"installed, but {broken}; only {whose} it"
        return Finding(package, found, False, _UNFIT if "torchvision::" in broken else anew)
    gone = extras.missing([package])
    found = f"{'missing' if gone else 'installed'}{f'; only {whose} it' if whose else ''}"
    advice = (
        extras.lack(
            (whose if whose.startswith(("ex", "lab")) else whose.capitalize()) if whose else "Grading needs", gone
        )
        if gone
        else ""
    )
    return Finding(extras.name_of(package), found, bool(whose) or not gone, advice)


def _needed_by(exercises: Sequence[Exercise]) -> Iterator[tuple[str, str]]:
    """The packages that only some of the work needs, and whose it is: "lab15 and lab16 need"."""
    needs = {e.label: (*e.packages, *(e.hidden_packages if e.solution_folder else ())) for e in exercises}
    for package in dict.fromkeys(name for names in needs.values() for name in names):
        labels = [label for label, names in needs.items() if package in names]
        names = " and ".join(filter(None, (", ".join(labels[:-1]), labels[-1])))
        yield package, f"{names} {'needs' if len(labels) == 1 else 'need'}"


class _Sandboxes(NamedTuple):
    """What trying every level has shown. `broken`: package → why workers cannot import it, as a clause."""

    findings: list[Finding]
    broken: dict[str, str]


def _isolation_and_device(packages: Sequence[str]) -> _Sandboxes:
    """Try every level, and at the best one to import some packages, as those who grade do it."""
    findings: list[Finding] = []
    broken: dict[str, str] = {}
    accelerator, torch_version, best = "", "", ""
    for level in LEVELS:
        gpu = Path("/dev/nvidiactl").exists()
        try:
            sandbox = open_sandbox(level, cuda=gpu)
            try:
                worker = sandbox.start_worker(Limits())
                layers = ", ".join(worker.layers)
                sandbox.stop_worker(worker)
                if not best and level != BASIC:
                    broken = {package: why for package in packages if (why := _trouble(sandbox, package))}
                accelerator = accelerator or sandbox.accelerator
                torch_version = sandbox.versions.get("torch", torch_version)
            finally:
                sandbox.close()
        except GraderError as error:
            # A lower level is fine for a student's own work, so a missing higher one is no illness by itself.
            findings.append(Finding(f"isolation {level}", f"not here: {error}", level != BASIC, _ADVICE[level]))
            continue
        best = best or level
        findings.append(Finding(f"isolation {level}", layers, True))
    safe = best in (FULL, NO_NAMESPACES)
    verdict = {FULL: "any work", NO_NAMESPACES: "any work", BASIC: "only work that you trust"}.get(best, "nothing")
    findings.append(Finding("can grade", verdict, safe, "" if safe else "See the isolation levels above."))
    device = (
        f"cpu and {accelerator}" if accelerator else f"cpu ({os.cpu_count()} cores), no accelerator that torch sees"
    )
    runs = Finding("torch runs", torch_version or "no", bool(torch_version), "" if torch_version else _ADVICE[BASIC])
    return _Sandboxes([runs, Finding("device", device, True), *findings], broken)


def _trouble(sandbox: Ladder, package: str) -> str:
    """Why a package cannot be imported in workers, as a clause; "" if it can."""
    try:
        sandbox.stop_worker(sandbox.start_worker(Limits(), warm=(extras.module_of(package),)))
    except PackageUnfit as error:
        return error.why
    return ""


def _course(exercises: Sequence[Exercise], root: Path) -> Finding:
    hidden = sum(exercise.has_hidden_checks for exercise in exercises)
    return Finding("course", f"{len(exercises)} exercises, {hidden} with hidden checks, in {root}", True)


def _data(exercise: Exercise) -> Iterator[Finding]:
    """What is there of the data of an exercise, if it has its own; not read, which could take a while."""
    if exercise.lack:
        return  # said already
    try:
        if (data := data_of(exercise)) is None:
            return
        stock = data.look(exercise.materials(Materials()), closely=False)
    except Exception as error:  # an author's own code may raise anything
        yield Finding("data", f"{exercise.label}: {type(error).__name__}: {error}", False, "Mend its data.py.")
        return
    if stock.present and not stock.problem:
        yield Finding("data", f"{stock.name} is in {stock.folder}", True)
    else:
        state = f"is damaged: {stock.problem}" if stock.problem else "is not on this machine"
        size = f" ({stock.download})" if stock.download else ""
        advice = f"To fetch it{size}: grade data --fetch"
        yield Finding("data", f"{stock.name} {state}; only {exercise.label} uses it", True, advice)

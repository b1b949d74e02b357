"""What tests share: one sandbox per isolation level that this machine has, and a way to grade a piece of source."""

from __future__ import annotations

import hashlib
import json
import os
import signal
from collections.abc import Callable, Iterator

import pytest
from places import ROOT

from grader.authoring.verify import NOTEBOOK, ROLES, Proof, verify
from grader.checks.materials import Materials
from grader.errors import GraderError
from grader.exercises.course import Course, warm_modules
from grader.grading.runner import Settings, grade
from grader.results import Report
from grader.sandbox.host import Sandbox
from grader.sandbox.ladder import open_sandbox
from grader.sandbox.limits import LEVELS, Limits
from grader.submissions.work import Work, of_bytes

# A run in the background inherits an ignored Ctrl-C, and so would every command that a test interrupts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
JOBS = os.cpu_count() or 1
WITHOUT_NOTEBOOKS = tuple(role for role in ROLES if role != NOTEBOOK)
Grade = Callable[..., Report]
Proven = Callable[[str, int], list[Proof]]


def work_of(source: str | bytes, name: str = "submission.py") -> Work:
    """A submission made of source text."""
    data = source.encode() if isinstance(source, str) else source
    return Work(name, data, hashlib.sha256(data).hexdigest(), len(data))


def notebook_of(*cells: str, name: str = "submission.ipynb", **metadata: object) -> Work:
    """A submission that is a notebook with these code cells."""
    made = [
        {"cell_type": "code", "id": f"c{i}", "metadata": {}, "execution_count": None, "outputs": [], "source": source}
        for i, source in enumerate(cells)
    ]
    document = {"cells": made, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return of_bytes(name, json.dumps(document).encode())


@pytest.fixture(scope="session")
def course() -> Course:
    """This repository's exercises."""
    return Course(ROOT)


@pytest.fixture(scope="session")
def sandboxes() -> Iterator[Callable[[str], Sandbox]]:
    """A sandbox of a level, opened once; the test is skipped, with the reason, where the machine lacks the level."""
    opened: dict[str, Sandbox] = {}
    missing: dict[str, str] = {}
    # As the command does; or every worker would import, for a second or more, what its exercise names.
    warm = warm_modules(Course(ROOT).exercises())

    def sandbox(level: str) -> Sandbox:
        if level not in opened and level not in missing:
            made = open_sandbox(level, warm=warm)
            try:
                made.stop_worker(made.start_worker(Limits()))
                opened[level] = made
            except GraderError as error:
                made.close()
                missing[level] = str(error)
        if level in missing:
            pytest.skip(f"isolation level {level} is not to be had here: {missing[level]}")
        return opened[level]

    yield sandbox
    for made in opened.values():
        made.close()


@pytest.fixture(params=LEVELS)
def any_sandbox(request: pytest.FixtureRequest, sandboxes: Callable[[str], Sandbox]) -> Sandbox:
    """Every level that this machine has, in turn."""
    return sandboxes(request.param)


@pytest.fixture(params=[level for level in LEVELS if level != "basic"])
def jailed_sandbox(request: pytest.FixtureRequest, sandboxes: Callable[[str], Sandbox]) -> Sandbox:
    """Every level that confines student code: the ones an instructor may grade strangers with."""
    return sandboxes(request.param)


@pytest.fixture(scope="session")
def best_sandbox(sandboxes: Callable[[str], Sandbox]) -> Sandbox:
    """The best level that this machine has."""
    for level in LEVELS:
        try:
            return sandboxes(level)
        except pytest.skip.Exception:
            continue
    pytest.skip("no isolation level works here")


@pytest.fixture
def grade_source(course: Course, best_sandbox: Sandbox) -> Grade:
    """Grade source text against an exercise: `grade_source("ex13", source, sandbox=…, hidden=…, seed=…)`."""

    def run(
        exercise: str, source: str | bytes, *, sandbox: Sandbox | None = None, hidden: bool = True, seed: int = 1
    ) -> Report:
        found = course.find(exercise)
        checks = found.load_checks(hidden=hidden)
        return grade(
            found,
            checks,
            work_of(source, found.stub),
            sandbox or best_sandbox,
            Settings(seed=seed, secret=b"t", materials=Materials(rehearsal=True)),
        )

    return run


@pytest.fixture(scope="session")
def proven(course: Course, best_sandbox: Sandbox) -> Proven:
    """What `grade verify` finds for an exercise and a seed, once a session. Notebooks are proven under seed 1."""
    found: dict[tuple[str, int], list[Proof]] = {}

    def run(exercise: str, seed: int) -> list[Proof]:
        if (exercise, seed) not in found:
            settings = Settings(seed=seed, secret=b"verify")
            found[exercise, seed] = list(
                verify(course.find(exercise), best_sandbox, settings, JOBS, ROLES if seed == 1 else WITHOUT_NOTEBOOKS)
            )
        return found[exercise, seed]

    return run

"""What tests share: one sandbox per isolation level that this machine has, and a way to grade a piece of source.

Tests run in several processes, each with sandboxes of its own. What must be in one of them goes there as a group: tests
that share a fixture of their module, the proof of an exercise, and all that is graded at level no-namespaces where its
workers share a uid.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator

import hypothesis
import pytest
from places import ROOT
from typed import Typed

from grader.authoring.verify import Proof, verify
from grader.checks.materials import Materials
from grader.errors import GraderError
from grader.exercises.course import Course
from grader.grading.runner import Settings, grade
from grader.results import Report
from grader.sandbox import omissions
from grader.sandbox.host import Sandbox
from grader.sandbox.inside.jail import confine
from grader.sandbox.ladder import open_sandbox
from grader.sandbox.limits import BASIC, FULL, LEVELS, NO_NAMESPACES, Limits
from grader.submissions.work import Work, of_bytes

# A run in the background inherits an ignored Ctrl-C, and so would every command that a test interrupts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
# Otherwise each of the hundreds of commands that tests start compiles the grader anew, and pytest all tests.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
with omissions.without(omissions.ADDRESSES):
    import nbformat  # noqa: F401 - first, so that no module of tests waits for what is left out
# The same examples each time: no verdict of a test is luck.
hypothesis.settings.register_profile("the same each time", derandomize=True, deadline=None)
hypothesis.settings.load_profile("the same each time")
CORES = os.cpu_count() or 1
JOBS = max(1, CORES // int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))
"""How many submissions each of the processes that share the tests grades at a time."""
UIDS_APART = confine.can_part_uids()
"""Whether each worker has a uid of its own at level no-namespaces, too."""
MOST_PROCESSES = 4
"""Each holds sandboxes that are warm with torch, some 2 GB."""
Grade = Callable[..., Report]
Proven = Callable[[str], list[Proof]]


def pytest_xdist_auto_num_workers() -> int:
    """How many processes share the tests: none where golden files are written anew, which are one for many tests.

    One more than there are cores: much of a test is waiting, for a deadline to pass or a process to end.
    """
    return 0 if os.environ.get("GOLDEN_UPDATE") == "1" or CORES == 1 else min(CORES + 1, MOST_PROCESSES)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Lint, format and types come first, then what takes long, so that nobody waits for it in the end."""
    for item in items:
        if item.get_closest_marker("xdist_group") is None and (group := group_of(item)):
            item.add_marker(pytest.mark.xdist_group(group))
    items.sort(key=turn_of)


def group_of(item: pytest.Item) -> str:
    """What must run in one process: "" if it is all the same."""
    assert isinstance(item, pytest.Function)
    asked = item.callspec.params.values() if hasattr(item, "callspec") else ()
    if not UIDS_APART and any(isinstance(value, str) and value == NO_NAMESPACES for value in asked):
        # Such workers have one uid, whose processes are counted together: one group's flood is another's shortage.
        return NO_NAMESPACES
    found = item._fixtureinfo.name2fixturedefs.values()
    return item.module.__name__ if any(fixtures[-1].scope == "module" for fixtures in found) else ""


def turn_of(item: pytest.Item) -> int:
    """When a test's turn is, among those of its kind as they were collected."""
    group = item.get_closest_marker("xdist_group")
    if item.path.name == "test_style.py":
        return 0
    if group is not None and group.args[0] == NO_NAMESPACES:
        return 1
    return 2 if item.get_closest_marker("slow") else 3


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

    def sandbox(level: str) -> Sandbox:
        if level not in opened and level not in missing:
            made = open_sandbox(level, submissions=1000)
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


@pytest.fixture(params=[FULL, NO_NAMESPACES, pytest.param(BASIC, marks=pytest.mark.slow)])
def any_sandbox(request: pytest.FixtureRequest, sandboxes: Callable[[str], Sandbox]) -> Sandbox:
    """Every level that this machine has, in turn. At basic each worker imports torch anew."""
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
    """What `grade verify` finds for an exercise at the best level, notebooks included: once a session."""
    found: dict[str, list[Proof]] = {}

    def run(exercise: str) -> list[Proof]:
        if exercise not in found:
            settings = Settings(seed=1, secret=b"verify")
            # `grade verify` tries every file as a liar; here one for each set of checks that a file fails.
            found[exercise] = list(verify(course.find(exercise), best_sandbox, settings, JOBS, every_liar=False))
        return found[exercise]

    return run


@pytest.fixture
def typed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Typed:
    """Runs `grade` commands in this process, with the best sandbox."""
    return Typed(lambda: request.getfixturevalue("best_sandbox"), monkeypatch)  # type: ignore[no-any-return]


BY_LENGTH = [exercise.id for exercise in sorted(Course(ROOT).exercises(), key=lambda found: -found.limits.total_s)]
"""Exercises, those whose proof may take longest first."""
PROOFS = [pytest.param(name, id=name, marks=pytest.mark.xdist_group(f"proof of {name}")) for name in BY_LENGTH]
"""Exercises whose proof a test asks for."""
WITHOUT_NAMESPACES = [
    pytest.param(name, id=name, marks=[] if UIDS_APART else pytest.mark.xdist_group(NO_NAMESPACES))
    for name in BY_LENGTH
]
"""The same at level no-namespaces."""

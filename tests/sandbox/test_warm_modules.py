"""Modules are imported once, by the zygote, when the first worker that needs them is asked for."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import work_of
from patience import AT_LAST_S
from places import ROOT
from small_courses import make_course

from grader.checks.evidence import decode
from grader.classroom.plan import plan
from grader.classroom.store import Handed
from grader.errors import PackageUnfit
from grader.exercises.course import Course, warm_modules
from grader.exercises.exercise import Exercise
from grader.grading import session
from grader.grading.examiner import Examiner
from grader.sandbox import wire
from grader.sandbox.host import Sandbox
from grader.sandbox.ladder import open_sandbox
from grader.sandbox.limits import BASIC, LEVELS, Limits

SEES = b"import os, sys\nknown = set(sys.modules)\ndef knows(name): return name in known, os.getppid()\n"
UNUSED = "mailbox"
"""Of the standard library: neither torch nor anything of ours imports it."""


def knows(sandbox: Sandbox, name: str, warm: tuple[str, ...] = ()) -> bool:
    """Whether a new worker has a module before any line of a submission has run."""
    worker = sandbox.start_worker(Limits(), warm=warm)
    try:
        worker.ask(wire.Load(name="sees.py", source=SEES, seed=1), b"", AT_LAST_S, "load")
        reply, blob = worker.ask(wire.Call(path=["knows"], args=[name]), b"", AT_LAST_S, "knows")
        assert isinstance(reply, wire.Done)
        return bool(decode(reply.value, blob)[0])
    finally:
        sandbox.stop_worker(worker)


@pytest.mark.slow
@pytest.mark.parametrize("level", LEVELS)
def test_a_module_is_imported_for_those_who_need_it(level: str) -> None:
    with closing(open_sandbox(level)) as sandbox:
        assert not knows(sandbox, UNUSED), "nobody has asked for it"
        zygote = sandbox.inner
        running = sandbox.start_worker(Limits())  # stays while the zygote imports
        assert knows(sandbox, UNUSED, warm=(UNUSED,))
        assert sandbox.inner is zygote, "the same zygote imported it"
        # At level basic each worker is a process of its own; a zygote does not forget.
        assert knows(sandbox, UNUSED) == (level != BASIC)
        assert sandbox.stop_worker(running) == "", "it was alive all the time"


def test_a_module_that_is_not_there_is_our_fault_and_costs_the_others_nothing(jailed_sandbox: Sandbox) -> None:
    with pytest.raises(PackageUnfit, match=r"no_such_module cannot be imported here \(ModuleNotFoundError"):
        jailed_sandbox.start_worker(Limits(), warm=("no_such_module",))
    assert not knows(jailed_sandbox, "no_such_module")


def test_a_package_that_cannot_be_imported_costs_no_level_and_no_zygote() -> None:
    with closing(open_sandbox(warm=("no_such_module",))) as sandbox:
        assert not knows(sandbox, "no_such_module")
        level, zygote = sandbox.level, sandbox.inner
        assert level != BASIC
        with pytest.raises(PackageUnfit, match=r"no_such_module cannot be imported here"):
            sandbox.start_worker(Limits(), warm=("no_such_module",))
        assert (sandbox.level, sandbox.inner) == (level, zygote)
        assert knows(sandbox, UNUSED, warm=(UNUSED,))


def test_a_part_that_another_version_of_a_package_has_not_is_left_out(jailed_sandbox: Sandbox) -> None:
    assert knows(jailed_sandbox, UNUSED, warm=("email.no_such_part", UNUSED))


@pytest.fixture
def exercises(tmp_path: Path) -> list[Exercise]:
    """One that needs nothing, one that needs one module, one that needs two."""
    needs = {"ex01_two": ("wave", "mailbox"), "ex02_one": ("mailbox",), "ex03_none": ()}
    found = Course(make_course(tmp_path, *needs)).exercises()
    return [replace(exercise, warm=needs[exercise.id]) for exercise in found]


def test_at_once_comes_what_all_exercises_need(exercises: list[Exercise]) -> None:
    two, one, none = exercises
    assert warm_modules([two]) == ("wave", "mailbox"), "a single one's own: nothing else is to be done meanwhile"
    assert warm_modules([two, one]) == ("mailbox",)
    assert warm_modules([two, one, none]) == warm_modules([]) == ()
    assert Examiner(exercises).warm == ()


def test_a_class_begins_with_what_needs_nothing(exercises: list[Exercise]) -> None:
    class Force:
        level, versions, accelerator = LEVELS[0], {"torch": "2"}, ""

    handed = [
        Handed(student=student, exercise=exercise.id, attempt=1, work="id", file="its.py")
        for student in ("ann", "bob")
        for exercise in exercises
    ]
    planned = plan(handed, {exercise.id: exercise for exercise in exercises}, Force(), "cpu", b"s")  # type: ignore[arg-type]
    order = [(item.handed.exercise, item.handed.student) for item in planned]
    assert order == [(id_, name) for id_ in ("ex03_none", "ex02_one", "ex01_two") for name in ("ann", "bob")]


def test_waiting_for_the_sandbox_is_not_a_submissions_time(
    exercises: list[Exercise], best_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Busy:
        """A sandbox that is busy for an hour, with what others need, before each worker."""

        hours = 0

        def __getattr__(self, name: str) -> object:
            return getattr(best_sandbox, name)

        def start_worker(self, limits: Limits, **wishes: object) -> object:
            self.hours += 1
            return best_sandbox.start_worker(limits, **wishes)  # type: ignore[arg-type]

    class Clock:
        @staticmethod
        def monotonic() -> float:
            return busy.hours * 3600 + real()

    busy, real = Busy(), session.time.monotonic
    monkeypatch.setattr(session, "time", Clock)
    report = Examiner(exercises, seed=1).grade(
        exercises[-1],
        work_of("def answer(): return 42\n"),
        busy,
        device="cpu",  # type: ignore[arg-type]
    )
    assert report.passed
    assert busy.hours == 1


@pytest.mark.slow
def test_first_calls_that_are_made_for_all_start_no_thread() -> None:
    """A fork would lose it, and whatever waits for it would wait for ever."""
    code = (
        "from pathlib import Path\n"
        "from grader.sandbox.inside import warmth\n"
        "warmth.load(warmth.FIRST_CALLS)\n"
        "for call in warmth.FIRST_CALLS.values():\n"
        "    call()\n"  # raises what `load` would have passed over
        "print(len(list(Path('/proc/self/task').iterdir())))\n"
    )
    alone = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], cwd=ROOT, env=alone, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "1"

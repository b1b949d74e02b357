"""Every known trick scores nothing, and leaves the next submission, its neighbours and the machine whole.

A file in attacks/ states its trick in line 1 and the statuses that its checks may end with in line 2. In its text,
__ROOT__ stands for this repository and __DECOY__ for a folder of another student that everyone may write to.
"""

from __future__ import annotations

import os
import re
import socket
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import work_of
from patience import ends_at_last, until
from places import ROOT, repository_folder
from processes import affinities, all_end_but, descendants

from grader.exercises.course import Course
from grader.exercises.exercise import Exercise, ExerciseLimits
from grader.grading.runner import Settings, grade
from grader.results import Report, Status
from grader.sandbox.forked import ZygoteSandbox
from grader.sandbox.host import Sandbox
from grader.sandbox.inside.jail.confine import plain_uid
from grader.sandbox.ladder import Ladder
from grader.sandbox.limits import Limits

ATTACKS = sorted((Path(__file__).parent / "attacks").glob("*.py"))
PATIENT = ExerciseLimits(worker=Limits(memory_mb=512, disk_mb=32, processes=16, cpu_s=10))
SHORT = replace(PATIENT, import_s=2.0, check_s=1.0, total_s=12.0)
"""For tricks that last for ever."""


@pytest.fixture
def exercise(course: Course) -> Exercise:
    return replace(course.find("ex13"), limits=PATIENT)


@pytest.fixture
def decoy(tmp_path: Path) -> Iterator[Path]:
    """Another student's folder, open to everyone, and a service that listens in it."""
    folder = tmp_path / "neighbour"
    folder.mkdir()
    (folder / "ex13_sin_gradient.py").write_text("mine\n")
    for path in (tmp_path, *tmp_path.parents):
        if path.is_relative_to(tempfile.gettempdir()) and path != Path(tempfile.gettempdir()):
            path.chmod(0o777)
    folder.chmod(0o777)
    (folder / "ex13_sin_gradient.py").chmod(0o666)
    # Owned by the uid that a worker has where there are no namespaces: for a plain user that is always so.
    for path in (folder, folder / "ex13_sin_gradient.py"):
        os.chown(path, *plain_uid())
    with socket.socket(socket.AF_UNIX) as service:
        service.bind(str(folder / "service"))
        (folder / "service").chmod(0o777)
        service.listen()
        service.setblocking(False)
        yield folder
        with pytest.raises(BlockingIOError):
            service.accept()


def verdict_line(path: Path) -> set[str]:
    """The statuses that line 2 allows."""
    attack, verdict = path.read_text(encoding="utf-8").splitlines()[:2]
    assert attack.startswith("# attack: "), path
    match = re.fullmatch(r"# verdict: ([a-z_, ]+)", verdict)
    assert match, path
    return {status.strip() for status in match[1].split(",")}


def grade_it(exercise: Exercise, sandbox: Sandbox, source: str) -> Report:
    return grade(exercise, exercise.load_checks(hidden=True), work_of(source), sandbox, Settings(seed=5, secret=b"s"))


def assert_an_honest_submission_keeps_full_marks(exercise: Exercise, sandbox: Sandbox) -> None:
    assert exercise.solution_path is not None
    honest = grade_it(exercise, sandbox, exercise.solution_path.read_text(encoding="utf-8"))
    assert honest.passed, [(r.id, r.status, r.message) for r in honest.checks]


def looks_of(decoy: Path) -> list[object]:
    """Mode, owner, size and time of the folder and of all that lies in it."""
    states = [os.lstat(path) for path in (decoy, *sorted(decoy.iterdir()))]
    return [(state.st_mode, state.st_uid, state.st_gid, state.st_size, state.st_mtime_ns) for state in states]


def leftovers(sandbox: Sandbox) -> list[str]:
    """What is in the folder where a sandbox without mount namespaces keeps its workers' folders."""
    assert isinstance(sandbox, Ladder)
    assert isinstance(sandbox.inner, ZygoteSandbox)
    return os.listdir(sandbox.inner.folder)


@pytest.mark.slow
@pytest.mark.parametrize("path", ATTACKS, ids=lambda path: path.stem)
def test_the_attack_scores_nothing_and_harms_nobody(
    exercise: Exercise, jailed_sandbox: Sandbox, decoy: Path, path: Path
) -> None:
    source = path.read_text(encoding="utf-8").replace("__ROOT__", str(ROOT)).replace("__DECOY__", str(decoy))
    processes, repository, before = descendants(), repository_folder(), looks_of(decoy)
    # Whoever is not to end by the clock has all the time of a student, on the busiest machine, too.
    limits = SHORT if "timeout" in verdict_line(path) else PATIENT
    with ends_at_last():
        report = grade_it(replace(exercise, limits=limits), jailed_sandbox, source)

    statuses = {str(result.status) for result in report.checks}
    assert statuses <= verdict_line(path) | {"skipped"}, [(r.id, r.status, r.message) for r in report.checks]
    assert report.earned == 0
    assert not report.our_fault
    assert Status.PASSED not in {result.status for result in report.checks}
    # A large folder is tidied up while others are graded: soon, but not before the report.
    assert all_end_but(processes)
    assert until(lambda: leftovers(jailed_sandbox) == [])
    assert repository_folder() == repository
    assert sorted(os.listdir(decoy)) == ["ex13_sin_gradient.py", "service"]
    assert (decoy / "ex13_sin_gradient.py").read_text() == "mine\n"
    assert looks_of(decoy) == before
    assert affinities() == {frozenset(os.sched_getaffinity(0))}
    assert all(len(result.message) < 5_000 for result in report.checks)
    assert_an_honest_submission_keeps_full_marks(exercise, jailed_sandbox)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["kills_everyone", "fork_bomb", "memory_of_many_children", "looks_into_processes"])
def test_the_attack_does_not_touch_a_neighbour_that_is_graded_at_the_same_time(
    exercise: Exercise, jailed_sandbox: Sandbox, decoy: Path, name: str
) -> None:
    source = (Path(__file__).parent / "attacks" / f"{name}.py").read_text(encoding="utf-8")
    source = source.replace("__ROOT__", str(ROOT)).replace("__DECOY__", str(decoy))
    reports: list[Report] = []
    hostile = replace(exercise, limits=SHORT)
    attacker = threading.Thread(target=lambda: reports.append(grade_it(hostile, jailed_sandbox, source)))
    attacker.start()
    while attacker.is_alive():
        assert_an_honest_submission_keeps_full_marks(exercise, jailed_sandbox)
    assert reports[0].earned == 0


def test_every_attack_states_its_trick_and_its_verdict() -> None:
    known = {str(status) for status in Status} - {"passed", "grader_error"}
    assert len(ATTACKS) >= 50
    for path in ATTACKS:
        assert verdict_line(path) <= known

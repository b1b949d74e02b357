"""A real scheduler and real worker processes on this machine's loopback grade a class, and one of them is killed."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ROOT
from patience import AT_LAST_S, until
from processes import descendants
from tasks import RIGHT, task

from grader.classroom.store import GradeStore
from grader.classroom.workforce import Terms, grade_all
from grader.errors import UsageError
from grader.exercises.course import Course
from grader.grading.examiner import Examiner

pytest.importorskip("distributed")
from grader.classroom.cluster.hire import Cluster, files_of

TERMS = Terms(device="auto", isolation="auto", allow_unsafe=False, jobs=1, gpu_jobs=2, submissions=1)
Start = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Start]:
    """Starts a part of dask in a process of its own; all end with the module."""
    folder = tmp_path_factory.mktemp("dask")
    running: list[subprocess.Popen[bytes]] = []

    def run(part: str, *arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.dask_{part}", "--host", "127.0.0.1", *arguments]
        command += ["--no-dashboard"] if part == "scheduler" else ["--no-nanny", "--no-dashboard"]
        process = subprocess.Popen(command, cwd=folder, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        running.append(process)
        return process

    yield run
    for process in running:
        process.terminate()
    for process in running:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(10)
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def address(start: Start, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A scheduler's address."""
    file = tmp_path_factory.mktemp("scheduler") / "scheduler.json"
    start("scheduler", "--port", "0", "--scheduler-file", str(file))

    def told() -> str:
        with contextlib.suppress(OSError, ValueError):
            return str(json.loads(file.read_text())["address"])
        return ""

    assert until(told), "the scheduler did not start"
    return told()


def hired(address: str, course: Course, terms: Terms = TERMS) -> Cluster:
    return Cluster(address, [course.find("ex13")], b"secret", terms)


def test_a_scheduler_that_is_not_there_is_one_sentence(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.classroom.cluster.hire.CONNECT_S", 1)
    for nobody in ("tcp://127.0.0.1:9", "no-such-scheme://x", "127.0.0.1:99999999"):
        with pytest.raises(UsageError, match="no dask scheduler answers there"):
            hired(nobody, course)


@pytest.mark.slow  # so that it comes before those that give the scheduler workers
def test_a_scheduler_without_workers_is_one_sentence(
    course: Course, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.classroom.cluster.hire.WORKERS_S", 0.2)
    with pytest.raises(UsageError, match="the scheduler has no workers"):
        hired(address, course)


@pytest.mark.slow
def test_a_worker_that_is_killed_costs_nobody_anything(course: Course, address: str, start: Start) -> None:
    before = set(descendants())
    workers = [start("worker", address, "--nthreads", "1") for _ in range(2)]
    exercise = course.find("ex13")
    examiner = Examiner([exercise], secret=b"secret")
    tasks = [task(str(number), RIGHT + f"\nimport time; time.sleep(0.2)  # {number}\n") for number in range(12)]
    tasks += [task("wrong", RIGHT.replace("x**2", "x**3")), task("exits", "import os; os._exit(0)")]
    with closing(hired(address, course)) as force:

        def both() -> bool:
            force._counted = 0.0
            return force.width("cpu") == 2

        assert until(both)
        assert force.level != "basic"
        assert set(force.versions) == {"python", "torch", "numpy"}
        graded = {}
        for one in grade_all({"cpu": iter(tasks)}, force, examiner):
            if len(graded) == 3:
                workers[0].send_signal(signal.SIGKILL)
            graded[one.task.student] = one
        assert set(graded) == {one.student for one in tasks}
        for student, one in graded.items():
            assert one.report.passed == student.isdecimal(), (student, one.report.checks)
            assert not one.report.our_fault
        with pytest.raises(UsageError, match="No worker of the cluster says that it has a GPU"):
            force.width("cuda")
    assert workers[0].wait(AT_LAST_S) == -signal.SIGKILL
    # The other has let go of its zygote, though it is still there for the next class.
    assert workers[1].poll() is None
    assert until(lambda: b"zygote" not in b"".join(command_lines(before)))


def command_lines(known: set[int]) -> list[bytes]:
    """Of all that this process has started, but for what was known before."""
    found = []
    for pid in set(descendants()) - known:
        with contextlib.suppress(OSError):
            found.append(Path(f"/proc/{pid}/cmdline").read_bytes())
    return found


@pytest.mark.slow
def test_a_class_is_graded_on_the_cluster_into_the_same_database(address: str, start: Start, tmp_path: Path) -> None:
    start("worker", address, "--nthreads", "2", "--resources", "GPU=1")
    command = [sys.executable, "-c", "from grader.cli import main; main()", "class", str(ROOT / "examples/class")]
    command += ["-o", str(tmp_path / "out"), "--course", str(ROOT), "--cluster", address, "--exercise", "13"]
    environment = {**os.environ, "GRADE_SECRET": "s"}
    for words in ("4 of 4 graded", "0 of 0 graded · 0 not passed · 4 unchanged"):
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=120, check=False, cwd=tmp_path, env=environment
        )
        assert done.returncode == 1, done.stderr
        assert words in done.stdout
        assert done.stderr == ""
    with closing(GradeStore(tmp_path / "out", write=False)) as store:
        points = {verdict.handed.student: verdict.report.earned for verdict in store.verdicts()}
    assert points == {"ada": 10, "bob": 3, "cem": 0, "mallory": 0}


def test_what_travels_is_the_course_without_its_proofs(course: Course) -> None:
    files = files_of([course.find("ex13")])
    assert "exercises/ex13_sin_gradient/checks.py" in files
    assert "solutions/ex13_sin_gradient/hidden_checks.py" in files
    assert "exercises/ex13_sin_gradient/ex13_sin_gradient.py" in files, "or no exercise could be read from it"
    assert "solutions/ex13_sin_gradient/ex13_sin_gradient.py" not in files
    assert not [name for name in files if "/right/" in name or "/wrong/" in name or "ex14" in name]


def test_workers_that_would_not_agree_are_refused(course: Course) -> None:
    from grader.classroom.cluster.hire import _agreed
    from grader.classroom.cluster.plugin import Condition
    from grader.grading.version import own_source, own_version

    def condition(level: str = "full", torch: str = "2.14", accelerator: str = "", **of: str) -> Condition:
        known = {"grader": own_version(), "source": own_source(), **of}
        return Condition(**known, level=level, versions={"torch": torch}, accelerator=accelerator)

    here = condition()
    assert _agreed({"a": here, "b": condition("no-namespaces", accelerator="cuda")}, TERMS) == (
        "no-namespaces",
        {"torch": "2.14"},
        "cuda",
    )
    for other, words in (
        (condition(grader="0.0.0"), "has grade 0.0.0"),
        (condition(source="another"), "but other source code"),
        (condition("basic"), "Nothing would confine the submissions on"),
        (condition(torch="2.13"), "differ"),
    ):
        with pytest.raises(UsageError, match=words):
            _agreed({"a": here, "b": other}, TERMS)
    assert _agreed({"a": condition("basic")}, replace(TERMS, allow_unsafe=True))[0] == "basic"

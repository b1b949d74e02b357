"""What `grade desk` costs with a class of 1,000 students and 35 exercises: python benchmarks/desk.py

The verdicts are made up, of the size of real ones; the server is the real one, asked over HTTP. Medians of several.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import msgspec

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from grader.classroom.intake.roster import Pupil  # noqa: E402
from grader.classroom.record import ExerciseInfo  # noqa: E402
from grader.classroom.store import GradeStore  # noqa: E402
from grader.classroom.workforce import Graded, Task  # noqa: E402
from grader.exercises.course import Course  # noqa: E402
from grader.results import CheckResult, Isolation, Report, Status, Submission  # noqa: E402
from grader.sandbox.facts import Likeness  # noqa: E402
from grader.served.class_page import OLD  # noqa: E402
from grader.submissions.work import Work, of_bytes  # noqa: E402

STUDENTS, CHECKS, TIMES, OWN_RUNS = 1_000, 8, 9, 40
GOALS = {"the queue": 1.0, "the class page": 1.0, "a student's work": 0.2, "a saved comment": 0.1}


def report_on(info: ExerciseInfo, chance: random.Random) -> Report:
    """A report with some lost checks, each with its evidence."""
    checks = []
    for number in range(CHECKS):
        lost = chance.random() < 0.3
        evidence = {"asked": f"f({chance.random()})", "got": str(chance.random()), "expected": str(chance.random())}
        checks.append(
            CheckResult(
                id=f"check_{number}", title=f"f() is right, question {number}", points=1.0, earned=float(not lost),
                status=Status.FAILED if lost else Status.PASSED, hidden=number > 3,
                message=f"f({chance.random()}) returned {chance.random()}; expected {chance.random()}." if lost else "",
                mistake=f"Mistake {chance.randrange(6)}." if lost and chance.random() < 0.7 else None,
                evidence=evidence if lost else {},
            )
        )  # fmt: skip
    return Report(
        exercise=info.id, title=info.title, submission=Submission(name=f"{info.id}.py", sha256="0" * 64, size=2_000),
        device="cpu", isolation=Isolation(level="full"), versions={"python": "3.11", "torch": "2.15"},
        seed=chance.randrange(2**53), checks=tuple(checks), points=float(CHECKS),
        earned=sum(check.earned for check in checks),
    )  # fmt: skip


def own_version(work: Work, number: int, chance: random.Random) -> Work:
    """What a student made of the stub, as far as anybody compares it: with runs of tokens of their own."""
    own = frozenset(chance.getrandbits(32) for _ in range(OWN_RUNS))
    source = b"# %d\n" % number + work.source
    likeness = Likeness(f"{work.name} {number}", work.likeness.sketch | own)
    return replace(work, source=source, sha256=hashlib.sha256(source).hexdigest(), likeness=likeness)


def lay(folder: Path) -> list[ExerciseInfo]:
    """A database of the whole class."""
    chance = random.Random(5)
    exercises = Course(ROOT).exercises()
    infos = [ExerciseInfo(id=e.id, title=e.title, points=float(CHECKS)) for e in exercises]
    handed_out = {e.id: of_bytes(e.stub, e.stub_path.read_bytes()) for e in exercises}
    with closing(GradeStore(folder)) as store:
        pupils = (
            Pupil(f"Student {n:04}", {id_: own_version(work, n, chance) for id_, work in handed_out.items()})
            for n in range(STUDENTS)
        )
        store.register(pupils, dict(enumerate(infos)), [], {"title": "A class of 1,000"})
        rows = [
            (f"Student {n:04}", info.id, 1, "key", report.seed, False, 1, "2026-11-20T10:00:00+00:00", data)
            for n in range(STUDENTS)
            for info in infos
            for report in [report_on(info, chance)]
            for data in [msgspec.json.encode(report)]
        ]
        with store._transaction():
            store._db.executemany("INSERT INTO verdict VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    return infos


def median(act: Callable[[int], object]) -> float:
    """Seconds that it takes, of several."""
    found = []
    for number in range(TIMES):
        started = time.perf_counter()
        act(number)
        found.append(time.perf_counter() - started)
    return statistics.median(found)


def main() -> None:
    """Measure, and print a table."""
    with tempfile.TemporaryDirectory() as place:
        results = Path(place) / "results"
        infos = lay(results)
        grade = [sys.executable, "-m", "grader"]
        # As grade class leaves the results when it ends.
        begun, before = time.perf_counter(), children_s()
        subprocess.run([*grade, "class", "--reports-only", str(results), "--course", str(ROOT)], capture_output=True)
        print(f"reports written in {time.perf_counter() - begun:.0f} s, {children_s() - before:.1f} s of a processor")
        command = [*grade, "desk", str(results), "--course", str(ROOT), "--as", "benchmark"]
        started = time.perf_counter()
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            try:
                assert process.stdout is not None
                address = re.search(r"http://\S+", process.stdout.readline())
                assert address is not None
                opened = time.perf_counter() - started
                measure(address[0], infos, opened)
                change(results, infos[0])
                measure_after(address[0])
            finally:
                process.kill()


def children_s() -> float:
    """Seconds of a processor that commands have taken which have ended."""
    taken = resource.getrusage(resource.RUSAGE_CHILDREN)
    return taken.ru_utime + taken.ru_stime


def change(results: Path, info: ExerciseInfo) -> None:
    """Somebody at a terminal grades one work again."""
    with closing(GradeStore(results)) as store:
        verdict = next(verdict for verdict in store.verdicts("Student 0007") if verdict.handed.exercise == info.id)
        task = Task(
            student="Student 0007", exercise=info.id, attempt=1, seed=verdict.seed, device="cpu",
            work=store.work(verdict.handed),
        )  # fmt: skip
        store.record(Graded(task=task, report=verdict.report), "key")


def measure_after(address: str) -> None:
    """How long the class page takes when a verdict has changed: the old one, which says so, and the new one."""
    started = time.perf_counter()
    waits = []
    while True:
        with urllib.request.urlopen(address + "class") as answer:
            old = OLD.encode() in answer.read()
        waits.append(time.perf_counter() - started - sum(waits))
        if not old:
            break
        time.sleep(0.5)
    print(f"after another's regrade: a page after {waits[0]:.2f} s, the new one after {sum(waits):.2f} s")


def measure(address: str, infos: list[ExerciseInfo], opened: float) -> None:
    """Ask the server, and print what it took."""
    origin = "/".join(address.split("/")[:3])

    def get(path: str) -> int:
        with urllib.request.urlopen(address + path) as answer:
            return len(answer.read())

    def say(number: int) -> None:
        what = {
            "who": "b", "seen": -1, "kind": "comment", "text": "Look at the shape.", "exercise": infos[0].id,
            "stem": f"Student_{number:04}",
        }  # fmt: skip
        headers = {"content-type": "application/json", "origin": origin}
        request = urllib.request.Request(address + "say", json.dumps(what).encode(), headers)
        with urllib.request.urlopen(request) as answer:
            answer.read()

    first, size = [time.perf_counter()], get("class")
    first.append(time.perf_counter())
    get("")
    first.append(time.perf_counter())
    found = {
        "the queue": median(lambda _: get("")),
        "the class page": median(lambda _: get("class")),
        "a student's work": median(lambda number: get(f"work/Student_{number:04}/{infos[3].id}")),
        "a saved comment": median(say),
    }
    print(f"opened after {opened:.1f} s; the class page has {size / 1e6:.1f} MB")
    print(f"the first time: the class page {first[1] - first[0]:.2f} s, the queue {first[2] - first[1]:.2f} s")
    print("| figure | measured | goal |\n| --- | --- | --- |")
    for name, seconds in found.items():
        print(f"| {name} | {seconds:.3f} s | {GOALS[name]:g} s |")


if __name__ == "__main__":
    main()

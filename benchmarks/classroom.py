"""What grading a class costs: `python benchmarks/classroom.py` prints each figure beside what it is to reach.

A class is made of the kit's own right and wrong files for ex05, ex13 and ex14 and graded by the command itself, in a
process of its own, whose whole tree is watched: processor time, and memory as PSS (every shared page counted once).
Where the time of one submission goes, wall by wall, is printed beside it (`layers.py`).
With `--peers VENV`, a virtual environment that holds nbgrader and otter-grader, both grade the same file of ex13, too.
"""

from __future__ import annotations

import argparse
import itertools
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import layers
import measure
import peers
from single import ROOT, pytest_cpu

from grader.authoring import overlay
from grader.exercises.course import Course

EXERCISES = ("ex05_inplace_errors", "ex13_sin_gradient", "ex14_dense")
GRADE = [sys.executable, "-c", "from grader.cli import main; main()"]
EVERY_S = 0.25
"""Seconds between two looks at what the processes have used; what they do after the last one is not counted."""
MEMORY_EVERY = 8
"""Their memory is looked at every eighth time: every time, that took a twentieth of two processors from the class."""


@dataclass
class Measured:
    """One run of the command. `wall_s`: all of it; `cpu_s`: of all its processes; `pss_mb`: one figure a look."""

    submissions: int
    wall_s: float = 0.0
    cpu_s: float = 0.0
    pss_mb: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Submissions a second, start and reports included."""
        return self.submissions / self.wall_s

    @property
    def cpu_each(self) -> float:
        """Processor seconds a submission."""
        return self.cpu_s / self.submissions

    @property
    def growth(self) -> float:
        """Peak memory of the last quarter over that of the second: 1 if it is flat."""
        quarter = max(1, len(self.pss_mb) // 4)
        return max(self.pss_mb[-quarter:]) / max(self.pss_mb[quarter : 2 * quarter] or self.pss_mb)


def make_class(folder: Path, submissions: int) -> int:
    """A class with at least so many submissions, right and wrong ones in turn; how many it has."""
    course, files = Course(ROOT), {}
    for exercise in EXERCISES:
        twin = ROOT / "solutions" / exercise
        right = [path.read_bytes() for path in (twin / f"{exercise}.py", *sorted((twin / "right").glob("*.py")))]
        wrong = [overlay.program(course.find(exercise), path) for path in sorted((twin / "wrong").glob("*.py"))]
        files[exercise] = [source for pair in zip(right * 9, wrong * 9, strict=False) for source in pair]
    students = -(-submissions // len(EXERCISES))
    for number in range(students):
        student = folder / f"student{number:04}"
        student.mkdir()
        for exercise, sources in files.items():
            # A line of their own, so that no two works are the same.
            (student / f"{exercise}.py").write_bytes(sources[number % len(sources)] + f"\n# {number}\n".encode())
    return students * len(EXERCISES)


def grade_class(submissions: int, jobs: int) -> Measured:
    """Grade a class of that size, and watch."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "class").mkdir()
        measured = Measured(make_class(folder / "class", submissions))
        command = [*GRADE, "class", "class", "-o", "out", "--course", str(ROOT), "--jobs", str(jobs)]
        environment = {**os.environ, "GRADE_SECRET": "benchmark"}
        before = time.perf_counter()
        with subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL) as process:
            for turn in itertools.count():
                if process.poll() is not None:
                    break
                look(process.pid, measured, memory=turn % MEMORY_EVERY == 0)
                time.sleep(EVERY_S)
        measured.wall_s = time.perf_counter() - before
        if process.returncode != 1:
            raise SystemExit(f"grade class ended with {process.returncode}, where wrong work ends it with 1")
    return measured


def look(root: int, measured: Measured, memory: bool) -> None:
    """Write down what the processes below `root` have used so far, and the memory that they hold."""
    measured.cpu_s = max(measured.cpu_s, measure.tree_cpu_s(root))
    if memory:
        measured.pss_mb.append(measure.tree_pss_mb(root))


def main() -> None:
    """Measure, print a table, and fail if a figure is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--submissions", type=int, default=400)
    parser.add_argument("--large", type=int, default=4000, help="The larger class; 0 leaves it out.")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--peers", type=Path, help="A virtual environment with nbgrader and otter-grader.")
    asked = parser.parse_args()
    small = grade_class(asked.submissions, asked.jobs)
    say(small)
    print(layers.table(20), flush=True)
    work = ROOT / "solutions/ex13_sin_gradient/ex13_sin_gradient.py"
    pytest_each = statistics.median(pytest_cpu(work) for _ in range(3))
    print(f"a fresh pytest process for ex13 alone: {pytest_each:.2f} s of processor time")
    busy = small.rate * small.cpu_each / asked.jobs
    lines = [
        ("submissions a second", small.rate, small.rate >= 15, "at least 15"),
        ("ms of processor time a submission", 1e3 * small.cpu_each, small.cpu_each <= 0.060, "at most 60"),
        ("processors kept busy, of 1", busy, busy >= 0.55, "at least 0.55, if nothing else runs"),
        ("peak memory of all processes, MB", max(small.pss_mb), max(small.pss_mb) < 1500, "under 1500"),
        ("memory, last quarter / second", small.growth, small.growth < 1.1, "under 1.1"),
        (
            "CPU of a fresh pytest process / ours",
            pytest_each / small.cpu_each,
            pytest_each / small.cpu_each >= 60,
            "at least 60",
        ),
    ]
    if asked.large:
        large = grade_class(asked.large, asked.jobs)
        say(large)
        ratio = large.cpu_each / small.cpu_each
        lines.append((f"CPU each, {large.submissions} / {small.submissions}", ratio, ratio <= 1.1, "at most 1.1"))
        lines.append(("memory, last quarter / second, large", large.growth, large.growth < 1.1, "under 1.1"))
    if asked.peers:
        for name, cpu in peers.measure(asked.peers, work).items():
            lines.append((f"CPU of {name} / ours", cpu / small.cpu_each, True, "reported"))
    width = max(len(name) for name, *_ in lines)
    for name, value, good, limit in lines:
        print(f"{'ok ' if good else 'MISSED'}  {name:<{width}}  {value:8.3g}   ({limit})")
    raise SystemExit(not all(good for _, _, good, _ in lines))


def say(measured: Measured) -> None:
    """One line about a run."""
    print(
        f"{measured.submissions} submissions: {measured.wall_s:.1f} s, {measured.rate:.1f} a second, "
        f"{1e3 * measured.cpu_each:.1f} ms of processor time each, at most {max(measured.pss_mb):.0f} MB",
        flush=True,
    )


if __name__ == "__main__":
    main()

"""What the grader's own process takes to hold a submission: next to nothing beyond what the exercise takes anyway.

An exercise whose checks use torch takes some 650 MB on the trusted side for torch itself, whatever is handed in.
"""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from places import ROOT

GROWTH_MB = 64
"""Measured: 34 MB."""
GRADE = """
import json, sys
from pathlib import Path
from grader.exercises.course import Course
from grader.grading.runner import Settings, grade
from grader.sandbox.ladder import open_sandbox
from grader.submissions.work import of_bytes

def peak_mb():
    status = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024

exercise = Course(Path(sys.argv[1])).find(sys.argv[2])
right = exercise.solution_path.read_bytes()
room = (1 << 20) - len(right) - 100
sources = {
    "a comment": b"#" + b"a" * room,
    "a text": b"x = '" + b"a" * (room - 10) + b"'",
    "statements": b"x=0\\n" * 12_000,
    "names": b"".join(b"a%d_%s = 1\\n" % (number, b"b" * 40) for number in range(14_000)),
    "lines": b"\\n" * room,
    "a list": b"x = [" + b"1," * 25_000 + b"]",
    "a megabyte of statements": b"x=1+2\\n" * (room // 6),
    "an f-string without end": b"f'" + b"{a}" * (room // 3 - 10) + b"'",
}
checks, sandbox = exercise.load_checks(hidden=True), open_sandbox()
try:
    def graded(source):
        return grade(exercise, checks, of_bytes(exercise.stub, source), sandbox, Settings(seed=1, secret=b"memory"))
    assert graded(right).passed
    before = peak_mb()
    for source in sources.values():
        graded(right + b"\\n" + source + b"\\n")
finally:
    sandbox.close()
print(json.dumps([before, peak_mb()]))
"""


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux tells a process's memory")
@pytest.mark.parametrize("exercise", ["ex07", "ex13"])
def test_a_megabyte_of_anything_is_held_in_little_memory(exercise: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", GRADE, str(ROOT), exercise], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    before, after = json.loads(done.stdout)
    assert after - before < GROWTH_MB, (before, after)

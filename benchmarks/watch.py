"""From a save to its verdict with `grade watch ex13`: the zygote is warm. Median and 95th percentile, seconds.

`python benchmarks/watch.py` saves a right and a wrong ex13 by turns, by renaming as editors do: once with a pipe (to
the verdict's last line) and once at a pseudo-terminal (to the drawn screen's). `--saves N` says how many of each.
"""

from __future__ import annotations

import argparse
import os
import pty
import select
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from grader.authoring import overlay  # noqa: E402
from grader.exercises.course import Course  # noqa: E402

EXERCISE = "ex13_sin_gradient"
COMMAND = [sys.executable, "-c", "from grader.cli import main; main()", "watch", "ex13", "--course", str(ROOT)]
TO_REACH = 0.3
"""Seconds within which an answer feels like one to what was just done."""
LAST = b"checked at "
"""What every verdict ends with."""


def main() -> None:
    """Print both medians and percentiles, and end with 1 if one is not reached."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--saves", type=int, default=40)
    saves = parser.parse_args().saves
    worst = 0.0
    for name, measure in (("over a pipe", over_a_pipe), ("at a terminal", at_a_terminal)):
        times = measure(saves)
        median, high = statistics.median(times), statistics.quantiles(times, n=20)[-1]
        worst = max(worst, high)
        print(f"save to verdict, {name}: median {median:.3f} s, 95th percentile {high:.3f} s, of {len(times)} saves")
    print(f"to reach: {TO_REACH} s: {'reached' if worst <= TO_REACH else 'NOT REACHED'}")
    sys.exit(worst > TO_REACH)


def over_a_pipe(saves: int) -> list[float]:
    """Seconds from save to verdict, written to a pipe."""
    with tempfile.TemporaryDirectory() as folder:
        work = prepared(Path(folder))
        process = subprocess.Popen(COMMAND, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert process.stdout is not None
        try:
            return timed(work, saves, process.stdout.fileno())
        finally:
            process.kill()
            process.communicate()


def at_a_terminal(saves: int) -> list[float]:
    """Seconds from save to verdict, drawn on a screen of 100 × 30."""
    with tempfile.TemporaryDirectory() as folder:
        work = prepared(Path(folder))
        ours, theirs = pty.openpty()
        environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100", "LINES": "30"}
        process = subprocess.Popen(
            COMMAND, cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, start_new_session=True
        )
        os.close(theirs)
        try:
            return timed(work, saves, ours)
        finally:
            process.kill()
            process.wait()
            os.close(ours)


def prepared(folder: Path) -> Callable[[int], None]:
    """A way to save: the number says which of two contents, so that every save is one."""
    target = folder / f"{EXERCISE}.py"
    twin = ROOT / "solutions" / EXERCISE
    wrong = overlay.program(Course(ROOT).find(EXERCISE), twin / "wrong" / "only_x.py")
    sides = [(twin / f"{EXERCISE}.py").read_bytes(), wrong]

    def save(number: int) -> None:
        draft = folder / ".draft"
        draft.write_bytes(sides[number % 2] + f"# save {number}\n".encode())
        draft.replace(target)

    save(0)
    return save


def timed(save: Callable[[int], None], saves: int, fd: int) -> list[float]:
    """Seconds of each save, after the first verdict, which waits for torch."""
    until_verdict(fd)
    times = []
    for number in range(1, saves + 1):
        time.sleep(0.3)  # a person does not save faster
        drained(fd)
        before = time.perf_counter()
        save(number)
        until_verdict(fd)
        times.append(time.perf_counter() - before)
    return times


def until_verdict(fd: int) -> None:
    """Read until a verdict is complete."""
    seen = b""
    while LAST not in seen:
        data = os.read(fd, 1 << 16)
        if not data:
            raise SystemExit("grade watch ended early.")
        seen = (seen + data)[-(1 << 17) :]


def drained(fd: int) -> None:
    """Read what is left of the verdict before."""
    while select.select([fd], [], [], 0)[0]:
        os.read(fd, 1 << 16)


if __name__ == "__main__":
    main()

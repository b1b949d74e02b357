"""Time and memory of grading, against the floor, in one run: `python benchmarks/single.py [--runs N]`.

Every figure is a median of N runs; a command and its floor take turns, so that a machine that drifts drifts for both.
Figures to reach are printed beside what was measured; the exit code is 1 if one is missed.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from measure import children_cpu, timed, wall

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from grader.exercises.course import Course  # noqa: E402
from grader.grading.runner import Settings, grade  # noqa: E402
from grader.sandbox.forked import ZygoteSandbox  # noqa: E402
from grader.sandbox.ladder import open_sandbox  # noqa: E402
from grader.sandbox.limits import Limits  # noqa: E402
from grader.submissions.work import read  # noqa: E402

GRADE = [sys.executable, "-c", "from grader.cli import main; main()"]
TORCH = [sys.executable, "-c", "import torch"]
# The same questions as ex13's, as an instructor without a grader would ask them: a fresh pytest process each.
PYTEST_FILE = """
import importlib.util, math, random, torch
from pytest import approx
spec = importlib.util.spec_from_file_location("work", {work!r})
work = importlib.util.module_from_spec(spec)
spec.loader.exec_module(work)
def test_one_point():
    assert work.gradient_at(1.2, 3.4) == approx((1.48986, 0.262917), abs=1e-3)
def test_random_points():
    for _ in range(8):
        x, y = random.uniform(-2, 2), random.uniform(-2, 2)
        c = math.cos(x * x * y)
        assert work.gradient_at(x, y) == approx((2 * x * y * c, x * x * c), abs=1e-3)
def test_any_function():
    truth = 2 * math.cos(1.0), math.sin(1.0)
    assert work.gradient(lambda a, b: torch.sin(a) * b, 1.0, 2.0) == approx(truth, abs=1e-3)
"""


def main() -> None:
    """Measure, print a table, and fail if a figure is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    work = ROOT / "solutions/ex13_sin_gradient/ex13_sin_gradient.py"
    lines = [*cold(work, runs), *small(runs), *warm(work, runs)]
    width = max(len(name) for name, *_ in lines)
    for name, value, limit, unit in lines:
        print(f"{'ok ' if value <= limit else 'MISSED'}  {name:<{width}}  {value:8.3g} {unit}   (at most {limit:g})")
    raise SystemExit(any(value > limit for _, value, limit, _ in lines))


Line = tuple[str, float, float, str]


def cold(work: Path, runs: int) -> list[Line]:
    """`grade ex13` from nothing to the verdict, against `import torch`."""
    command = [*GRADE, str(work), "--course", str(ROOT)]
    pairs = [(wall(command), wall(TORCH)) for _ in range(runs + 1)][1:]
    print(
        f"cold grade ex13: {median([a for a, _ in pairs]):.2f} s; import torch: {median([b for _, b in pairs]):.2f} s"
    )
    return [("cold grade ex13 / import torch", median([a / b for a, b in pairs]), 1.25, "×")]


def small(runs: int) -> list[Line]:
    """Commands that must not import torch."""
    course = ["--course", str(ROOT)]
    return [
        (name, median([wall([*GRADE, *arguments]) for _ in range(runs)]), 0.3, "s")
        for name, arguments in (
            ("grade --help", ["--help"]),
            ("the board", course),
            ("a hint", ["hint", "13", *course]),
        )
    ]


def warm(work: Path, runs: int) -> list[Line]:
    """What a warm zygote costs per submission, and a fresh pytest process for the same questions."""
    exercise = Course(ROOT).find("ex13")
    checks, read_work = exercise.load_checks(hidden=True), read(work)
    ladder = open_sandbox("full", submissions=100)
    ladder.settle()
    sandbox = ladder.inner
    assert isinstance(sandbox, ZygoteSandbox)

    def one(seed: int = 1) -> None:
        report = grade(exercise, checks, read_work, ladder, Settings(seed=seed, secret=b"bench"))
        assert report.passed, report

    def start_and_stop() -> float:
        before = time.perf_counter()
        worker = sandbox.start_worker(Limits())
        seconds = time.perf_counter() - before
        sandbox.stop_worker(worker)
        return seconds

    one()
    ready = median([start_and_stop() for _ in range(20 * runs)])
    graded = median([timed(one) for _ in range(10 * runs)])
    private = median([private_memory(sandbox, work) for _ in range(runs)])
    before = cpu_of_tree(sandbox.pid)
    for seed in range(100):
        one(seed)
    each = (cpu_of_tree(sandbox.pid) - before) / 100
    ladder.close()
    pytest_each = median([pytest_cpu(work) for _ in range(runs)])
    print(f"CPU per submission, 100 of them: {each * 1e3:.1f} ms; a fresh pytest process: {pytest_each * 1e3:.0f} ms")
    return [
        ("fork to ready, full isolation", ready * 1e3, 15, "ms"),
        ("a submission of ex13, warm", graded * 1e3, 60, "ms"),
        ("private memory of a worker", private, 30, "MB"),
        ("CPU per submission / fresh pytest process", each / pytest_each, 1 / 50, "×"),
    ]


def private_memory(sandbox: ZygoteSandbox, work: Path) -> float:
    """MB that a worker which has loaded ex13 and differentiated once has to itself."""
    from grader.sandbox import wire

    worker = sandbox.start_worker(Limits())
    worker.ask(wire.Load(name="ex13_sin_gradient.py", source=work.read_bytes(), seed=1), b"", 10, "load")
    worker.ask(wire.Call(path=["gradient_at"], args=[1.0, 2.0]), b"", 10, "call")
    megabytes = sandbox.private_kb(worker) / 1024
    sandbox.stop_worker(worker)
    return megabytes


def cpu_of_tree(zygote: int) -> float:
    """Processor seconds of this process, and of the zygote with the workers it has reaped."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    total = own.ru_utime + own.ru_stime
    ticks = os.sysconf("SC_CLK_TCK")
    pids = [zygote]
    while pids:
        pid = pids.pop()
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
        total += sum(int(field) for field in fields[11:15]) / ticks  # utime, stime, and those of reaped children
        pids += [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return total


def pytest_cpu(work: Path) -> float:
    """Processor seconds of a fresh pytest process that asks the same questions."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "test_work.py"
        path.write_text(PYTEST_FILE.format(work=str(work)))
        before = children_cpu()
        subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(path)],
            check=True, capture_output=True, cwd=folder,
        )  # fmt: skip
        return children_cpu() - before


if __name__ == "__main__":
    main()

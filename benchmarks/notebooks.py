"""What grading a notebook costs, against `import torch` and against nbclient with a stock kernel, in one run.

python benchmarks/notebooks.py [--runs N]

Every figure is a median, but for the processor time of the stock kernel, which is the mean of its runs.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
from pathlib import Path
from statistics import median

from measure import children_cpu, timed, wall

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from grader.exercises.course import Course  # noqa: E402
from grader.grading.runner import Settings, grade  # noqa: E402
from grader.sandbox.forked import ZygoteSandbox  # noqa: E402
from grader.sandbox.ladder import open_sandbox  # noqa: E402
from grader.submissions.twins import as_notebook  # noqa: E402
from grader.submissions.work import read  # noqa: E402

GRADE = [sys.executable, "-c", "from grader.cli import main; main()"]
TORCH = [sys.executable, "-c", "import torch"]
# What an instructor without a grader does: nbclient, and the stock kernel of this very Python.
STOCK = """
import asyncio, sys, nbformat
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

class Manager(AsyncKernelManager):
    @property
    def kernel_spec(self):
        argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        return KernelSpec(argv=argv, language="python")

notebook = nbformat.read(sys.argv[1], as_version=4)
manager = Manager(transport="ipc", ip=sys.argv[1] + "-ipc")
NotebookClient(notebook, km=manager, timeout=120).execute()
asyncio.run(manager.shutdown_kernel(now=True))
"""
NAME = "ex13_sin_gradient"


def main() -> None:
    """Measure, print a table, and fail if a figure is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{NAME}.ipynb"
        path.write_text(as_notebook((ROOT / f"solutions/{NAME}/{NAME}.py").read_text(encoding="utf-8")))
        cold = [(wall([*GRADE, str(path), "--course", str(ROOT)]), wall(TORCH)) for _ in range(runs + 1)][1:]
        warm, cpu = warm_figures(path, 5 * runs)
        before = children_cpu()
        stock = [wall([sys.executable, "-c", STOCK, str(path)]) for _ in range(3)]
        stock_cpu = (children_cpu() - before) / 3
    print(f"cold: {median([a for a, _ in cold]):.2f} s; import torch: {median([b for _, b in cold]):.2f} s")
    print(f"stock kernel: {median(stock):.2f} s, {stock_cpu:.2f} s of processor; here: {cpu:.3f} s of processor")
    lines = [
        ("a notebook of ex13, graded warm", warm, 0.8, "s"),
        ("cold grade of it / import torch", median([a / b for a, b in cold]), 2.0, "×"),
        ("CPU of grading it / executing it with a stock kernel", cpu / stock_cpu, 1 / 8, "×"),
    ]
    for name, value, limit, unit in lines:
        print(f"{'ok ' if value <= limit else 'MISSED'}  {name:<53} {value:8.3g} {unit}   (at most {limit:g})")
    raise SystemExit(any(value > limit for _, value, limit, _ in lines))


def warm_figures(path: Path, runs: int) -> tuple[float, float]:
    """Wall and processor seconds of grading a notebook on a warm zygote, all its checks included."""
    exercise = Course(ROOT).find("ex13")
    checks, work = exercise.load_checks(hidden=True), read(path)
    ladder = open_sandbox("full", notebooks=True)
    ladder.settle()
    assert isinstance(ladder.inner, ZygoteSandbox)

    def one() -> None:
        report = grade(exercise, checks, work, ladder, Settings(seed=1, secret=b"bench"))
        assert report.passed, report

    one()
    before = cpu_of_tree(ladder.inner.pid)
    seconds = [timed(one) for _ in range(runs)]
    cpu = (cpu_of_tree(ladder.inner.pid) - before) / runs
    ladder.close()
    return median(seconds), cpu


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


if __name__ == "__main__":
    main()

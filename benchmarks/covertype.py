"""ex15 on the real CoverType: how soon programs reach 93 %, and what grading costs beyond the student's own training.

    python benchmarks/covertype.py [--data-home FOLDER] [--quick]

The cache is made from the course's shared arrays if --data-home names none. Each program trains in a process of its own
with as many threads as a worker has, on the split and in the disguise of one grading; its clock stands still while the
test rows are looked at. What grading costs in memory is what all its processes hold together at most, beyond what the
same training holds as a program that is run by hand. --quick leaves out the long recipe.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import measure

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))
GOAL, SEED, THREADS = 0.93, 20_240, 2
GIVEN = ("X_train", "y_train", "X_valid", "y_valid")
GRADINGS = 3
EVERY_S = 0.25
"""Seconds between two looks at the memory of a part's processes."""
BUDGET_S = 300.0
PATIENCE_S = 240.0


class Watch:
    """Accuracies on the test rows at points of a training, and its clock, which stands still while they are taken."""

    def __init__(self, X_test: Any, y_test: Any) -> None:
        self.X, self.y = X_test, y_test
        self.seen: list[tuple[float, float, float]] = []
        """Seconds, processor seconds, accuracy."""
        self.start()

    def start(self) -> None:
        """Let the clock run from now on."""
        self.started, self.cpu_started = time.monotonic(), time.process_time()
        self.paused = self.cpu_paused = 0.0

    def elapsed(self) -> float:
        """Seconds of training so far."""
        return time.monotonic() - self.started - self.paused

    def look(self, model: Any) -> None:
        """Take the accuracy on the test rows, with the clock standing still."""
        import torch

        before, cpu_before = time.monotonic(), time.process_time()
        seconds, training = before - self.started - self.paused, model.training
        cpu = cpu_before - self.cpu_started - self.cpu_paused
        model.eval()
        with torch.no_grad():
            found = torch.cat([model(part).argmax(1) for part in self.X.split(8192)])
        model.train(training)
        self.seen.append((seconds, cpu, (found == self.y).float().mean().item()))
        self.paused += time.monotonic() - before
        self.cpu_paused += time.process_time() - cpu_before

    def told(self) -> dict[str, Any]:
        """What has been seen, in figures."""
        reached = [(seconds, cpu) for seconds, cpu, accuracy in self.seen if accuracy >= GOAL]
        return {
            "reached": reached[0] if reached else None,
            "seconds": self.seen[-1][0],
            "cpu": self.seen[-1][1],
            "accuracy": self.seen[-1][2],
            "epochs": len(self.seen),
        }


def attempt(data_home: Path) -> Any:
    """The data of one grading."""
    from grader.exercises.course import Course

    exercise = Course(ROOT).find("ex15")
    data: Any = exercise.module("data")
    return data.prepare(exercise.materials(chosen("real", data_home)), SEED)


def chosen(data: str, data_home: Path) -> Any:
    """What the command's options would say."""
    from grader.checks.materials import Materials

    return Materials(options={"data": data, "data-home": data_home})


def arrays(data_home: Path) -> tuple[Any, ...]:
    """Features and labels of its training, validation and test rows."""
    found = attempt(data_home)
    return tuple(a for part in (found.train, found.valid, found.test) for a in (part.features(), part.labels()))


def prepared(data_home: Path) -> tuple[Any, ...]:
    """Standardised tensors: X, y of the training rows, and a Watch over the test rows."""
    import torch

    X, y, _, _, X_test, y_test = arrays(data_home)
    mean, std = X.mean(0), X.std(0)
    std[std == 0] = 1
    train, test = (torch.tensor((part - mean) / std).float() for part in (X, X_test))
    return train, torch.tensor(y).long() - 1, Watch(test, torch.tensor(y_test).long() - 1)


def book_model() -> Any:
    """[200, 100, 50] and ReLU."""
    from torch import nn

    parts: list[nn.Module] = []
    for inner, outer in ((54, 200), (200, 100), (100, 50)):
        parts += [nn.Linear(inner, outer), nn.ReLU()]
    return nn.Sequential(*parts, nn.Linear(50, 7))


def solution() -> Any:
    """The reference solution, imported."""
    path = ROOT / "solutions" / "ex15_covertype" / "ex15_covertype.py"
    spec = importlib.util.spec_from_file_location("solution", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def reference(data_home: Path) -> dict[str, Any]:
    """The reference solution's own fit, watched where it measures its validation accuracy."""
    import torch

    module = solution()
    X, y, X_valid, y_valid, X_test, y_test = arrays(data_home)
    features = module.CoverTypeDataset(X_test, stats=module.statistics(X)).X
    watch, own_accuracy = Watch(features, torch.tensor(y_test).long() - 1), module.accuracy

    def watched(model: Any, loader: Any, device: Any) -> float:
        watch.look(model)
        return float(own_accuracy(model, loader, device))

    module.accuracy = watched
    watch.start()
    module.fit(X, y, X_valid, y_valid, "cpu", BUDGET_S, 42)
    return watch.told()


def per_item(data_home: Path) -> dict[str, Any]:
    """A Dataset that gives one row at a time, a DataLoader with batches of 256, SGD 0.16: as a textbook writes it."""
    import torch
    from torch.utils.data import DataLoader, Dataset

    X, y, watch = prepared(data_home)

    class Rows(Dataset[Any]):
        def __len__(self) -> int:
            return len(X)

        def __getitem__(self, index: int) -> Any:
            return X[index], y[index]

    model = book_model()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.16)
    loader = DataLoader(Rows(), batch_size=256, shuffle=True)
    watch.start()
    while watch.elapsed() < PATIENCE_S / 2:
        for inputs, targets in loader:
            step(model, optimizer, inputs, targets)
        watch.look(model)
        if watch.seen[-1][2] >= GOAL:
            break
    return watch.told()


def recipe(data_home: Path) -> dict[str, Any]:
    """[200, 100, 50], SGD 0.16 halved every 15 epochs, 90 epochs, tensors preloaded."""
    import torch

    X, y, watch = prepared(data_home)
    model = book_model()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.16)
    schedule = torch.optim.lr_scheduler.StepLR(optimizer, 15, 0.5)
    watch.start()
    for _ in range(90):
        for rows in torch.split(torch.randperm(len(X)), 256):
            step(model, optimizer, X[rows], y[rows])
        schedule.step()
        watch.look(model)
        if watch.elapsed() > 2 * PATIENCE_S:
            break
    return watch.told()


def step(model: Any, optimizer: Any, inputs: Any, targets: Any) -> None:
    """One step of training."""
    import torch

    loss = torch.nn.functional.cross_entropy(model(inputs), targets)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()


def grading(data_home: Path) -> dict[str, Any]:
    """The reference solution through the whole grader: its seconds beside fit, and the trusted side's memory."""
    return graded("real", data_home)


def stand_in(data_home: Path) -> dict[str, Any]:
    """The same where there is no CoverType."""
    return graded("stand-in", data_home)


def graded(choice: str, data_home: Path) -> dict[str, Any]:
    """The reference solution through the whole grader, everything from its import on."""
    started = time.monotonic()
    from grader.exercises.course import Course
    from grader.exercises.data import data_of
    from grader.grading.glimpses import Glimpse
    from grader.grading.runner import Settings, grade
    from grader.sandbox.ladder import open_sandbox
    from grader.submissions.work import read

    fits: list[float] = []

    def onlooker(glimpse: Glimpse) -> None:
        if glimpse.over:
            fits.append(glimpse.elapsed)

    exercise = Course(ROOT).find("ex15")
    sandbox = open_sandbox(warm=exercise.warm)
    materials = chosen(choice, data_home)
    data = data_of(exercise)
    assert data is not None
    data.begin(exercise.materials(materials))
    try:
        checks = exercise.load_checks(hidden=True)
        assert exercise.solution_path is not None
        settings = Settings(seed=SEED, secret=b"benchmark", materials=materials, onlooker=onlooker)
        report = grade(exercise, checks, read(exercise.solution_path), sandbox, settings)
    finally:
        sandbox.close()
    wall = time.monotonic() - started
    assert report.measured is not None, [r.message for r in report.checks]
    return {
        "wall": wall,
        "fit": fits[0],
        "points": f"{report.earned:g}/{report.points:g}",
        "accuracy": report.measured.numbers.get("test accuracy"),
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def saved(data_home: Path) -> dict[str, Any]:
    """Write what fit is given into files of a new folder, for `alone`."""
    import numpy as np

    folder = tempfile.mkdtemp()
    for name, values in zip(GIVEN, arrays(data_home)[:4], strict=True):
        np.save(Path(folder) / f"{name}.npy", values)
    return {"folder": folder}


def alone(folder: Path) -> dict[str, Any]:
    """The reference solution's fit as a program of its own, that nobody grades, with the data that `saved` wrote."""
    import numpy as np

    solution().fit(*(np.load(folder / f"{name}.npy") for name in GIVEN), "cpu", BUDGET_S, 42)
    return {}


def memory(data_home: Path) -> dict[str, Any]:
    """Private memory of a worker before and after it has gone through all training rows, MB; and the rows' size."""
    from grader.checks.evidence import blob_of, encode, files_of
    from grader.exercises.course import Course
    from grader.sandbox import wire
    from grader.sandbox.forked import ZygoteSandbox
    from grader.sandbox.ladder import open_sandbox

    file = attempt(data_home).train.file_of_features("X_train")
    exercise = Course(ROOT).find("ex15")
    sandbox = open_sandbox(warm=exercise.warm)
    try:
        sandbox.settle()
        worker = sandbox.start_worker(exercise.limits.worker)
        source = b"def total(X): return float(sum(X[i:i + 10_000].sum() for i in range(0, len(X), 10_000)))"
        worker.ask(wire.Load(name="m.py", source=source, seed=1), b"", 60, "load")
        inner = sandbox.inner
        assert isinstance(inner, ZygoteSandbox)
        before = inner.private_kb(worker)
        enclosures: dict[str, Any] = {}
        request = wire.Call(path=["total"], args=[encode(file, enclosures)])
        worker.ask(request, blob_of(enclosures), 60, "total", files=files_of(enclosures))
        after = inner.private_kb(worker)
    finally:
        sandbox.close()
    return {"before": before / 1024, "after": after / 1024, "rows": file.shape[0] * file.shape[1] * 8 / (1 << 20)}


PARTS: dict[str, Callable[[Path], dict[str, Any]]] = {
    f.__name__: f for f in (reference, per_item, recipe, grading, stand_in, saved, alone, memory)
}


def run(name: str, data_home: Path) -> dict[str, Any]:
    """A part in a process of its own."""
    with _started(name, data_home) as process:
        found: dict[str, Any] = json.loads(_output(name, process).splitlines()[-1])
    return found


def peak_mb(name: str, data_home: Path) -> float:
    """What a part and all processes below it hold together at most, as PSS. Looking slows them down."""
    peak = 0.0
    with _started(name, data_home) as process:
        while process.poll() is None:
            peak = max(peak, measure.tree_pss_mb(process.pid))
            time.sleep(EVERY_S)
        _output(name, process)
    return peak


def _started(name: str, data_home: Path) -> subprocess.Popen[str]:
    command = [sys.executable, str(Path(__file__).resolve()), "--part", name, "--data-home", str(data_home)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)


def _output(name: str, process: subprocess.Popen[str]) -> str:
    out, err = process.communicate()
    if process.returncode:
        raise SystemExit(f"{name} failed:\n{err[-3000:]}")
    return out


def lines(data_home: Path, quick: bool) -> Iterator[str]:
    """The figures, as they come."""
    yield f"| program ({THREADS} threads) | 93 % after | ends at | after | processor |"
    yield "| --- | --- | --- | --- | --- |"
    programs = {
        "reference solution": "reference",
        "a row at a time, [200, 100, 50], SGD 0.16": "per_item",
        "[200, 100, 50], SGD 0.16 halved every 15 of 90 epochs": "recipe",
    }
    for name, part in programs.items():
        if quick and part == "recipe":
            continue
        found = run(part, data_home)
        reached = "never"
        if found["reached"] is not None:
            reached = f"{found['reached'][0]:.1f} s ({found['reached'][1]:.0f} s of a processor)"
        yield (
            f"| {name} | {reached} | {found['accuracy']:.4f} ({found['epochs']} epochs) | {found['seconds']:.1f} s "
            f"| {found['cpu']:.0f} s |"
        )
    yield ""
    gradings = [run("grading", data_home) for _ in range(GRADINGS)]
    found = gradings[0]
    yield f"grading on CoverType: {found['points']} points, accuracy {found['accuracy']}"
    beyond = sorted((each["wall"] - each["fit"], each["fit"]) for each in gradings)
    listed = ", ".join(f"{seconds:.1f} s (fit {fit:.1f} s)" for seconds, fit in beyond)
    yield f"  beyond fit: {listed}; the median is to reach 5 s"
    folder = Path(run("saved", data_home)["folder"])
    by_hand, together = peak_mb("alone", folder), peak_mb("grading", data_home)
    shutil.rmtree(folder)
    yield (
        f"  memory of all processes: {together:.0f} MB; of the same fit, run by hand: {by_hand:.0f} MB; "
        f"beyond it: {together - by_hand:.0f} MB, to reach: 600 MB"
    )
    yield f"  resident memory of the grader itself, with what it shares with its workers: {found['memory_mb']:.0f} MB"
    found = run("memory", data_home)
    yield (
        f"  private memory of a worker before and after it read {found['rows']:.0f} MB of training rows: "
        f"{found['before']:.1f} and {found['after']:.1f} MB"
    )
    found = run("stand_in", data_home)
    yield (
        f"the stand-in path, whole: {found['wall']:.1f} s (fit {found['fit']:.1f} s), to reach: 60 s; "
        f"{found['points']} points, accuracy {found['accuracy']}"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data-home", type=Path)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--part", choices=sorted(PARTS), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.part:
        os.environ["OMP_NUM_THREADS"] = str(THREADS)
        print(json.dumps(PARTS[asked.part](asked.data_home)))
        return
    from covertype_cache import ARRAYS, MISSING, fill

    with tempfile.TemporaryDirectory() as folder:
        home = asked.data_home
        if home is None:
            if not ARRAYS.is_file():
                raise SystemExit(f"{MISSING}. Or name a scikit-learn data folder with --data-home.")
            home = fill(Path(folder))
        for line in lines(home, asked.quick):
            print(line, flush=True)


if __name__ == "__main__":
    main()

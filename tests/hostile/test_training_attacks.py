"""Training that cheats or breaks things: it earns nothing by it, and leaves nothing behind.

Every attack is a change to a program that is right (solutions/ex15_covertype/right/plain.py).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace

import ex15
import pytest
from conftest import ROOT, work_of
from processes import all_end_but, descendants

from grader.checks.materials import Materials
from grader.exercises.course import Course
from grader.exercises.exercise import Exercise
from grader.grading.runner import Settings, grade
from grader.results import CheckResult, Report, Status
from grader.sandbox.host import Sandbox

pytestmark = pytest.mark.slow
PLAIN = (ROOT / "solutions" / "ex15_covertype" / "right" / "plain.py").read_text(encoding="utf-8")
FIT = "def fit(X_train, y_train, X_valid, y_valid, device, budget_s, seed):\n"
RETURN = '    return {\n        "model_state_dict": {name: value.cpu() for name, value in best.items()},\n'
PREDICT = "def predict(checkpoint, X):\n"
STATE = "{name: value.cpu() for name, value in best.items()}"
TRAINING_ROWS, TEST_ROWS = 3_000, 2_000


def changed(*changes: tuple[str, str]) -> str:
    source = PLAIN
    for old, new in changes:
        assert old in source, old
        source = source.replace(old, new, 1)
    return source


@pytest.fixture
def exercise(course: Course) -> Exercise:
    """ex15, with a little less patience for what is no training."""
    found = course.find("ex15")
    return replace(found, limits=replace(found.limits, check_s=20.0, total_s=90.0))


Attempt = Callable[[str], Report]


@pytest.fixture
def attempt(exercise: Exercise, best_sandbox: Sandbox) -> Attempt:
    """Grade a program on the small world; what it started is gone afterwards."""

    def run(source: str) -> Report:
        before = descendants()
        settings = Settings(seed=1, secret=b"verify", materials=Materials(rehearsal=True))
        report = grade(
            exercise, exercise.load_checks(hidden=True), work_of(source, exercise.stub), best_sandbox, settings
        )
        assert all_end_but(before)
        assert not report.our_fault, [(r.id, r.message) for r in report.checks]
        return report

    return run


def result(report: Report, check: str) -> CheckResult:
    return next(found for found in report.checks if found.id == check)


def words(found: CheckResult) -> str:
    return f"{found.mistake or ''} {found.message}"


LOOKS_AROUND = """
    import gc, mmap, os
    found = set()
    for thing in gc.get_objects():
        try:
            size = getattr(thing, "shape", (0,))[0]
        except Exception:
            size = 0
        found.add(size)
    frames = __import__("sys")._getframe()
    while frames is not None:
        found |= {getattr(v, "shape", (0,))[0] for v in frames.f_locals.values() if getattr(v, "shape", ())}
        frames = frames.f_back
    files = []
    for folder, _, names in os.walk("/"):
        if not folder.startswith(("/proc", "/sys", "/usr", "/lib", "/opt", "/root/.pyenv", "/work")):
            files += [os.path.join(folder, name) for name in names]
    maps = sum("grade-" in line for line in open("/proc/self/maps"))
    sizes = sorted(n for n in found if n in (2000, 800, 3000))
    print("SEEN", sizes, "FILES", [f for f in files if "dev" not in f][:20], "MAPS", maps)
"""


def test_fit_finds_the_rows_it_was_given_and_no_test_row(attempt: Attempt) -> None:
    report = attempt(changed((FIT, FIT + LOOKS_AROUND)))
    seen = next(line for line in report.output.splitlines() if line.startswith("SEEN"))
    assert seen.startswith(f"SEEN [800, {TRAINING_ROWS}] FILES")
    assert str(TEST_ROWS) not in seen.split("FILES")[0]
    files = seen.split("FILES")[1].split("MAPS")[0]
    assert "hidden_checks" not in files
    assert "test" not in files.lower()
    assert seen.endswith("MAPS 4"), "X and y of two sets, and no more"
    assert report.passed, "looking is free"


def test_predict_gets_no_labels(attempt: Attempt) -> None:
    looks = LOOKS_AROUND.replace("frames.f_locals", "dict(frames.f_locals)")
    report = attempt(changed((PREDICT, PREDICT + looks.replace('"SEEN"', '"PREDICT SEEN"'))))
    seen = next(line for line in report.output.splitlines() if line.startswith("PREDICT SEEN"))
    assert seen.endswith("MAPS 1"), "the features of the test rows, and nothing beside them"


DAEMON = """
    import os, signal, time
    if os.fork() == 0:
        for number in range(1, 32):
            try:
                signal.signal(number, signal.SIG_IGN)
            except OSError:
                pass
        if os.fork() == 0:
            end = time.monotonic() + 60
            while time.monotonic() < end:
                try:
                    os.write(3, b"\\x00" * 64)
                except OSError:
                    pass
                time.sleep(0.5)
        os._exit(0)
"""


@pytest.mark.parametrize("level", ["full", "no-namespaces"])
def test_a_daemon_of_fit_does_not_outlive_its_worker(
    exercise: Exercise, sandboxes: Callable[[str], Sandbox], level: str
) -> None:
    sandbox = sandboxes(level)
    before = descendants()
    settings = Settings(seed=1, secret=b"verify", materials=Materials(rehearsal=True))
    source = changed((RETURN, DAEMON + RETURN))
    report = grade(exercise, exercise.load_checks(hidden=True), work_of(source, exercise.stub), sandbox, settings)
    assert not report.our_fault
    assert result(report, "accuracy").status in (Status.PASSED, Status.SKIPPED)
    assert all_end_but(before)


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ('{"w": torch.zeros(1).expand(10**12)}', "more than 64 MB"),
        ('{"w": torch.zeros(1).expand(8 << 20)}', "at most 20 MB"),
        ('{"w": torch.zeros(1 << 28)}', "more than 64 MB"),
        ('{"w": torch.full((3,), float("nan"))}', "NaN"),
        ('{"w": torch.eye(3).to_sparse()}', "does not read"),
        ('{"w": Trap()}', "weights_only cannot load"),
        ("Trap()", "weights_only cannot load"),
        ("Lazy()", "too many items"),
        ('{f"w{i}": torch.zeros(1) for i in range(20_000)}', "larger than 1 MB"),
    ],
    ids=["stride 0", "small stride 0", "1 GB", "NaN", "sparse", "an object in it", "an object", "a lying dict", "many"],
)
def test_a_lying_checkpoint_earns_nothing_beyond_the_pieces(attempt: Attempt, state: str, said: str) -> None:
    classes = """
class Trap:
    def __reduce__(self):
        return (eval, ("__import__('os').system('touch /tmp/owned')",))


class Lazy(dict):
    def items(self):
        return iter([("w", 1)] * 3)
    def __len__(self):
        return 10**9


"""
    report = attempt(changed((FIT, classes + FIT), (STATE, state)))
    found = result(report, "fit")
    assert found.status in (Status.FAILED, Status.ERROR)
    assert said in words(found)
    assert found.earned == 0
    assert result(report, "accuracy").earned == 0
    assert not os.path.exists("/tmp/owned")


def test_what_predict_remembers_of_fit_is_nothing(attempt: Attempt) -> None:
    remembers = "\nSEEN = {}\n\n\n"
    source = changed(
        (FIT, remembers + FIT + '    SEEN["labels"] = y_valid\n    open("labels", "wb").write(bytes(y_valid))\n'),
        (
            PREDICT,
            PREDICT
            + '    if SEEN or __import__("os").path.exists("labels"):\n        raise MemoryError("remembered")\n',
        ),
    )
    assert attempt(source).passed, "a fresh process, and a fresh folder"


def test_predict_that_answers_by_its_number_of_calls_is_found_out(attempt: Attempt) -> None:
    source = changed(
        (
            PREDICT,
            "CALLS = []\n\n\n"
            + PREDICT
            + "    CALLS.append(1)\n    if len(CALLS) > 1:\n        return np.full(len(X), 1 + len(CALLS) % 7)\n",
        )
    )
    report = attempt(source)
    lost = {found.id for found in report.checks if found.status is not Status.PASSED}
    assert lost & {"predict", "rows_alone"}


def test_rows_that_are_known_by_heart_are_not_recognised_in_disguise() -> None:
    """A table of the world in its own clothes, as somebody could have brought from home."""
    worn_rows = ex15.module("data").prepare(ex15.chosen(rehearsal=True), 1).test
    stand_in = ex15.module("stand_in")
    plain = stand_in.world(1, stand_in.REHEARSAL)
    by_heart = {tuple(row) for row in plain.numeric.astype(int).tolist()}
    worn = {tuple(row) for row in worn_rows.numeric.astype(int).tolist()}
    assert not by_heart & worn


@pytest.mark.parametrize(
    ("change", "check", "status", "said"),
    [
        ((FIT, FIT + "    yield 1\n"), "fit", Status.FAILED, "expected a dict"),
        ((FIT, FIT + "    import os; os._exit(0)\n"), "fit", Status.CRASHED, "ended the Python process"),
        ((FIT, FIT + "    raise SystemExit\n"), "fit", Status.ERROR, "instead of calling exit()"),
        ((FIT, FIT + "    import os; os.close(3)\n"), "fit", Status.CRASHED, "cut the line"),
        ((FIT, FIT + "    bytearray(100 << 30)\n"), "fit", Status.ERROR, "more memory than a solution needs"),
        ((PREDICT, PREDICT + "    return np.zeros(1).repeat(1 << 24)\n"), "predict", Status.FAILED, "more than 64 MB"),
        ((PREDICT, PREDICT + "    return [10**400] * len(X)\n"), "predict", Status.FAILED, "360 digits"),
        ((PREDICT, PREDICT + "    return np.full(len(X), 2**63, dtype='uint64')\n"), "predict", Status.FAILED, "1..7"),
        ((PREDICT, PREDICT + "    return np.full((len(X), 1, 1), 3)\n"), "predict", Status.FAILED, "each row"),
        ((PREDICT, PREDICT + "    while True: pass\n"), "predict", Status.TIMEOUT, "gave no answer"),
    ],
    ids=["a generator", "exit", "SystemExit", "closed line", "100 GB", "many", "huge ints", "uint64", "3-D", "loop"],
)  # fmt: skip
def test_what_breaks_is_one_sentence_and_costs_what_hangs_on_it_only(
    exercise: Exercise, best_sandbox: Sandbox, change: tuple[str, str], check: str, status: Status, said: str
) -> None:
    patience = {"predict": 6.0}
    checks = tuple(replace(c, timeout=patience.get(c.id, c.timeout)) for c in exercise.load_checks(hidden=True))
    settings = Settings(seed=1, secret=b"verify", materials=Materials(rehearsal=True))
    report = grade(exercise, checks, work_of(changed(change), exercise.stub), best_sandbox, settings)
    found = result(report, check)
    assert found.status is status, words(found)
    assert said in words(found)
    assert "\n" not in found.message
    assert len(found.message) < 1_000
    assert not report.our_fault
    pieces = [r for r in report.checks if r.id in ("load_data", "dataset", "loaders", "model", "loaders_train_only")]
    assert all(r.status is Status.PASSED for r in pieces), "the other checks are still graded"

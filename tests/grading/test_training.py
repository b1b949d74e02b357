"""ex15 as it is graded: parts of points, what the report says, live progress, and checkpoints from elsewhere."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import covertype_cache
import ex15
import numpy as np
import pytest
from conftest import ROOT, work_of

from grader.exercises.course import Course
from grader.exercises.exercise import Exercise
from grader.grading.glimpses import Glimpse, Step
from grader.grading.runner import Settings, grade
from grader.results import CheckResult, Report, Status
from grader.sandbox.host import Sandbox

pytestmark = pytest.mark.slow

RIGHT = ROOT / "solutions" / "ex15_covertype" / "right"
WRONG = ROOT / "solutions" / "ex15_covertype" / "wrong"
PLAIN = (RIGHT / "plain.py").read_text(encoding="utf-8")


@pytest.fixture
def exercise(course: Course) -> Exercise:
    return course.find("ex15")


def result(report: Report, check: str) -> CheckResult:
    return next(found for found in report.checks if found.id == check)


def run(
    exercise: Exercise, sandbox: Sandbox, source: str, *, hidden: bool = True, seed: int = 1, **settings: Any
) -> Report:
    chosen = Settings(seed=seed, secret=b"verify" if hidden else b"", **settings)
    return grade(exercise, exercise.load_checks(hidden=hidden), work_of(source, exercise.stub), sandbox, chosen)


SMALL = ex15.chosen(rehearsal=True)


def test_a_full_report_names_the_data_and_what_was_measured(exercise: Exercise, best_sandbox: Sandbox) -> None:
    report = run(exercise, best_sandbox, PLAIN, materials=SMALL)
    assert report.passed, [(r.id, r.message) for r in report.checks if r.status is not Status.PASSED]
    assert (report.earned, report.points) == (60, 60)
    assert any("stand-in" in note for note in report.notes)
    found = report.measured
    assert found is not None
    assert "covlike" in found.data
    confusion = np.array(found.confusion)
    assert confusion.shape == (7, 7)
    assert confusion.sum() == 2_000
    assert found.numbers["test accuracy"] == pytest.approx(np.trace(confusion) / 2_000, abs=1e-4)
    shares = np.diag(confusion) / confusion.sum(1)
    assert found.recall == pytest.approx(tuple(shares), abs=1e-4)
    assert found.numbers["macro recall"] == pytest.approx(shares.mean(), abs=1e-4)
    assert len(found.curves["train_loss"]) == len(found.curves["valid_accuracy"]) > 3


def test_half_an_accuracy_earns_a_part_of_its_points(exercise: Exercise, best_sandbox: Sandbox) -> None:
    weaker = PLAIN.replace("epochs = 12", "epochs = 3")
    report = run(exercise, best_sandbox, weaker, materials=SMALL)
    found = result(report, "accuracy")
    assert found.status is Status.FAILED
    assert 0 < found.earned < 26, found.message
    assert "earns all points" in found.message
    assert not report.passed
    assert report.earned == pytest.approx(sum(r.earned for r in report.checks))


def test_an_attempt_can_be_replayed_and_another_seed_is_another_attempt(
    exercise: Exercise, best_sandbox: Sandbox
) -> None:
    one, same, other = (run(exercise, best_sandbox, PLAIN, seed=s, materials=SMALL).measured for s in (5, 5, 6))
    assert one is not None
    assert same is not None
    assert other is not None
    assert one.confusion == same.confusion
    assert one.confusion != other.confusion


def test_public_checks_alone_train_and_measure_too(exercise: Exercise, best_sandbox: Sandbox) -> None:
    report = run(exercise, best_sandbox, PLAIN, hidden=False, materials=SMALL)
    assert report.passed
    assert report.measured is not None
    assert report.points < 60


def test_the_split_follows_from_the_secret_where_there_is_one(exercise: Exercise, best_sandbox: Sandbox) -> None:
    known = run(exercise, best_sandbox, PLAIN, hidden=False, materials=SMALL).measured
    secret = run(exercise, best_sandbox, PLAIN, hidden=True, materials=SMALL).measured
    assert known is not None
    assert secret is not None
    assert known.confusion != secret.confusion, "or a seed in a report would tell the test rows"


def test_whoever_watches_sees_the_students_own_history_grow(exercise: Exercise, best_sandbox: Sandbox) -> None:
    told: list[Glimpse | Step] = []
    slow = PLAIN.replace("        model.train()\n", "        model.train()\n        time.sleep(0.3)\n", 1)
    report = run(exercise, best_sandbox, slow, materials=SMALL, onlooker=told.append)
    steps = [step for step in told if isinstance(step, Step)]
    assert [step.title for step in steps] == [r.title for r in report.checks]
    assert {step.of for step in steps} == {len(report.checks)}
    seen = [glimpse for glimpse in told if isinstance(glimpse, Glimpse)]
    assert result(report, "fit").status is Status.PASSED
    assert (seen[0].length, seen[0].over) == (0, False), "the beginning is shown"
    assert seen[0].limit == pytest.approx(120), "what fit was told, not what it is forgiven"
    assert [glimpse.over for glimpse in seen] == [False] * (len(seen) - 1) + [True]
    lengths = [glimpse.length for glimpse in seen]
    assert lengths == sorted(lengths)
    assert 1 <= lengths[-1] <= 12
    assert set(seen[-1].numbers) == {"train_loss", "valid_accuracy"}


# --- checkpoints from elsewhere ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not covertype_cache.ARRAYS.is_file():
        pytest.skip(covertype_cache.MISSING)
    return covertype_cache.fill(tmp_path_factory.mktemp("scikit_learn_data"))


@pytest.fixture(scope="module")
def trained(home: Path) -> dict[str, Any]:
    """What plain.py's fit makes of a few thousand real rows."""
    import torch

    spec = importlib.util.spec_from_file_location("plain", RIGHT / "plain.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    X, y = module.load_data(home)
    rows = np.random.default_rng(0).permutation(len(y))[:6_000]
    torch.set_num_threads(1)
    checkpoint: dict[str, Any] = module.fit(
        X[rows[:5_000]], y[rows[:5_000]], X[rows[5_000:]], y[rows[5_000:]], "cpu", 60, 1
    )
    return checkpoint


Elsewhere = Callable[..., Report]


@pytest.fixture
def elsewhere(exercise: Exercise, best_sandbox: Sandbox, home: Path) -> Elsewhere:
    """Grade plain.py with a checkpoint file."""

    def run_it(checkpoint: Path, **more: Any) -> Report:
        materials = ex15.chosen(data="real", data_home=home, checkpoint=checkpoint, **more)
        return run(exercise, best_sandbox, PLAIN, materials=materials)

    return run_it


def test_a_checkpoint_is_graded_on_the_real_test_rows_and_capped(
    elsewhere: Elsewhere, trained: dict[str, Any], tmp_path: Path
) -> None:
    import torch

    torch.save(trained, tmp_path / "best.pt")
    report = elsewhere(tmp_path / "best.pt")
    found = result(report, "accuracy")
    assert result(report, "fit").status is Status.PASSED
    assert result(report, "rows_alone").status is Status.PASSED
    assert report.measured is not None
    accuracy = report.measured.numbers["test accuracy"]
    assert 0.68 < accuracy < 0.85
    assert np.array(report.measured.confusion).sum() == 116_204
    assert 0 < found.earned <= 0.85 * 26
    assert "85% of them at most" in found.message
    assert any("trained elsewhere: fit() was not run" in note for note in report.notes)


def test_safetensors_and_hyperparameters_beside_them_say_the_same(
    elsewhere: Elsewhere, trained: dict[str, Any], tmp_path: Path
) -> None:
    from safetensors.torch import save_file

    stats = {f"stats.{name}": value for name, value in trained["stats"].items()}
    save_file({**trained["model_state_dict"], **stats}, tmp_path / "best.safetensors")
    (tmp_path / "hp.json").write_text(json.dumps(trained["hyperparameters"]))
    report = elsewhere(tmp_path / "best.safetensors", hyperparameters=tmp_path / "hp.json", trust_checkpoint=True)
    assert result(report, "predict").status is Status.PASSED
    assert result(report, "history").status is Status.NOT_GRADABLE
    assert "at most" not in result(report, "accuracy").message


def test_files_that_are_no_checkpoints_are_said_to_be_none(
    elsewhere: Elsewhere, trained: dict[str, Any], tmp_path: Path
) -> None:
    import torch

    class Model(torch.nn.Linear):
        pass

    cases: dict[str, tuple[Callable[[Path], object], str]] = {
        "garbage.pt": (lambda path: path.write_bytes(b"no checkpoint"), "weights_only=True"),
        "cut.safetensors": (lambda path: path.write_bytes(b"\xff" * 64), "cannot be read"),
        "stride0.pt": (lambda path: torch.save({**trained, "stats": torch.zeros(1).expand(10**9)}, path), "64 MB"),
        "object.pt": (lambda path: torch.save({**trained, "stats": object}, path), "weights_only=True"),
        "list.pt": (lambda path: torch.save([1, 2], path), "expected a dict"),
        "nan.pt": (lambda path: torch.save({**trained, "stats": torch.tensor(float("nan"))}, path), "NaN"),
    }
    for name, (make, words) in cases.items():
        make(tmp_path / name)
        found = result(elsewhere(tmp_path / name), "fit")
        assert found.status is Status.FAILED, (name, found)
        assert words in f"{found.mistake} {found.message}", (name, found)


# --- the command ------------------------------------------------------------------------------------------------------


def grade_command(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from grader.cli import main; main()", *arguments, "--course", str(ROOT)],
        capture_output=True, text=True, timeout=120, check=False, cwd=cwd,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["ex15", "--checkpoint", "absent.pt"], "absent.pt cannot be read: No such file"),
        (["ex13", "--checkpoint", "absent.pt"], "--checkpoint is for ex15 only"),
        (["ex15", "ex13", "--checkpoint", "absent.pt"], "--checkpoint takes one submission, for ex15"),
        (["ex15", "--hyperparameters", "hp.json"], "--hyperparameters goes with --checkpoint"),
        (["ex15", "--chekpoint", "best.pt"], "Did you mean"),
        (["ex15", "--data", "imaginary"], "--data"),
    ],
)
def test_a_request_that_makes_no_sense_is_refused_in_a_sentence(
    tmp_path: Path, arguments: list[str], words: str
) -> None:
    done = grade_command(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_grade_data_says_what_is_there(tmp_path: Path) -> None:
    def data(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", "from grader.cli import main; main()", "data", *arguments],
            capture_output=True, text=True, timeout=120, check=False, cwd=tmp_path,
        )  # fmt: skip

    nothing = data("--data-home", str(tmp_path / "none"))
    assert nothing.returncode == 1
    assert "grade data --fetch" in nothing.stdout
    broken = tmp_path / "broken" / "covertype"
    broken.mkdir(parents=True)
    for name in ("samples_py3", "targets_py3"):
        (broken / name).write_bytes(b"<html>")
    damaged = data("--data-home", str(tmp_path / "broken"))
    assert damaged.returncode == 1
    assert "is damaged: it cannot be read" in damaged.stdout

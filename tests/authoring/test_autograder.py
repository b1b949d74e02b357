"""The zip of a Gradescope autograder, unpacked and really run: on honest, hostile and broken uploads."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

from grader.authoring import autograder, classroom50, release
from grader.errors import UsageError
from grader.exercises.course import Course
from grader.grading.attempts import Limits
from grader.reports.reveal import Reveal
from grader.sandbox.host import Sandbox
from grader.sandbox.limits import BASIC

pytestmark = pytest.mark.slow
SOLUTIONS = ROOT / "solutions"
EX13 = "ex13_sin_gradient.py"
THIEF = """
import glob, json, os
STOLEN = []
for base in ({root!r}, "/autograder", "."):
    for path in glob.glob(base + "/**/*", recursive=True) + glob.glob(base + "/**/.seed_secret", recursive=True):
        try:
            STOLEN.append(open(path).read())
        except OSError:
            pass
for path in ("/results/results.json", "/source/run_autograder", "/source/course/grader/cli.py"):
    path = {root!r} + path
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        open(path, "w").write(json.dumps({{"score": 100}}))
    except OSError:
        pass
print("STOLEN", STOLEN)

def gradient_at(x, y):
    raise ValueError(f"STOLEN {{STOLEN}} {{x}} {{y}}")

def sin_x2y(x, y):
    os._exit(0)

def gradient(f, *point):
    while True:
        pass
"""


@pytest.fixture(scope="module")
def uploaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip, as it is uploaded."""
    course = Course(ROOT)
    out = tmp_path_factory.mktemp("zip") / "autograder.zip"
    autograder.write(autograder.build(course, [course.find("13"), course.find("05")], Reveal.TITLES), out)
    return out


@pytest.fixture(scope="module")
def jailed(best_sandbox: Sandbox) -> None:
    """Uploads are graded only where something confines them."""
    if best_sandbox.level == BASIC:
        pytest.skip("nothing confines submissions here")


@pytest.fixture
def root(uploaded: Path, tmp_path: Path, jailed: None) -> Path:
    """What Gradescope makes of the zip: /autograder, elsewhere."""
    with zipfile.ZipFile(uploaded) as archive:
        archive.extractall(tmp_path / "source")
        for entry in archive.infolist():
            (tmp_path / "source" / entry.filename).chmod(entry.external_attr >> 16 & 0o777)
    (tmp_path / "submission").mkdir()
    return tmp_path


def run(root: Path) -> subprocess.CompletedProcess[str]:
    """Run the autograder as Gradescope does."""
    env = {name: value for name, value in os.environ.items() if name != "GRADE_SECRET"}
    return subprocess.run(
        [root / "source" / "run_autograder"], capture_output=True, text=True, timeout=300, check=False, cwd=root,
        env={**env, "AUTOGRADER_ROOT": str(root), "AUTOGRADER_PYTHON": sys.executable},
    )  # fmt: skip


def results(root: Path) -> dict[str, Any]:
    done = run(root)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    found = json.loads((root / "results" / "results.json").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def score(found: dict[str, Any]) -> float:
    return sum(test.get("score", 0.0) for test in found["tests"])


# --- the zip ----------------------------------------------------------------------------------------------------------


def test_the_zip_has_the_scripts_at_its_root_and_hidden_checks_but_no_solutions(uploaded: Path) -> None:
    with zipfile.ZipFile(uploaded) as archive:
        entries = {entry.filename: entry.external_attr >> 16 for entry in archive.infolist()}
        script = archive.read("run_autograder")
    assert script.startswith(b"#!")
    assert b"\r" not in script
    assert entries["run_autograder"] & 0o111
    assert entries["setup.sh"] & 0o111
    assert entries[autograder.SECRET] & 0o077 == 0
    assert "course/solutions/ex13_sin_gradient/hidden_checks.py" in entries
    assert f"course/solutions/ex13_sin_gradient/{EX13}" not in entries
    assert not [name for name in entries if ".git/" in name]
    solutions = [name for name in entries if name.startswith("course/solutions/")]
    assert {name.rsplit("/", 1)[1] for name in solutions} <= {"hidden_checks.py", "probes.py", ".seed_secret"}
    assert not [name for name in entries if name.startswith("course/solutions/ex14")], "only what is asked for"


def test_every_zip_has_a_secret_of_its_own(uploaded: Path) -> None:
    course = Course(ROOT)
    other = autograder.build(course, [course.find("13")], Reveal.NONE)[autograder.SECRET]
    with zipfile.ZipFile(uploaded) as archive:
        mine = archive.read(autograder.SECRET)
    assert len(mine) == 64
    assert mine != other
    own = ROOT / "solutions" / ".seed_secret"
    assert not own.exists() or own.read_bytes() not in (mine, other)


@pytest.mark.parametrize("name", ["setup.sh", "run_autograder"])
def test_the_scripts_are_good_bash(uploaded: Path, tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(uploaded) as archive:
        archive.extract(name, tmp_path)
    done = subprocess.run(["bash", "-n", tmp_path / name], capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")


def test_nothing_is_written_over_and_only_a_zip_is_written(uploaded: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="exists already"):
        autograder.write({}, uploaded)
    with pytest.raises(UsageError, match=r"end in \.zip"):
        autograder.write({}, tmp_path / "autograder")


# --- the autograder ---------------------------------------------------------------------------------------------------


def test_honest_work_has_full_marks(root: Path) -> None:
    for exercise in ("ex13_sin_gradient", "ex05_inplace_errors"):
        shutil.copy(SOLUTIONS / exercise / f"{exercise}.py", root / "submission")
    found = results(root)
    assert score(found) == 25
    assert {test["status"] for test in found["tests"]} == {"passed"}
    assert {test["visibility"] for test in found["tests"]} == {"visible", "after_published"}


def test_hostile_work_steals_nothing_and_writes_no_mark(root: Path) -> None:
    (root / "submission" / EX13).write_text(THIEF.format(root=str(root)))
    found = results(root)
    assert "score" not in found
    assert score(found) == 0
    text = json.dumps(found)
    assert "STOLEN" in text, "its public checks say what it raised"
    secret = (root / "source" / autograder.SECRET).read_text()
    hidden = (root / "source/course/solutions/ex13_sin_gradient/hidden_checks.py").read_text(encoding="utf-8")
    for line in (secret, *(line for line in hidden.splitlines() if len(line) > 40)):
        assert line not in text
    told = [test["output"] for test in found["tests"] if test["visibility"] != "visible"]
    assert told
    assert not [output for output in told if "STOLEN" in output]
    assert "STOLEN" not in found["output"]


def test_broken_work_is_explained_and_what_is_missing_is_said(root: Path) -> None:
    (root / "submission" / EX13).write_text("def gradient_at(x, y):\n    return (x *\n")
    found = results(root)
    assert score(found) == 0
    assert "Python cannot read line 2" in found["output"]
    (missing,) = [test for test in found["tests"] if "Not handed in" in test["output"]]
    assert missing["max_score"] == 15


def test_what_is_no_program_is_explained(root: Path) -> None:
    (root / "submission" / EX13).write_bytes(b"\x00\xff" * 50)
    (root / "submission" / "ex05_inplace_errors.py").write_bytes(b"")
    found = results(root)
    assert score(found) == 0
    assert "Your file is not text" in found["output"]
    assert "Your file is empty" in found["output"]


def test_nothing_handed_in_is_said(root: Path) -> None:
    found = results(root)
    assert len(found["tests"]) == 2
    assert "Nothing was handed in" in found["output"]


def test_a_fault_of_ours_writes_no_mark_at_all(root: Path) -> None:
    (root / "submission" / EX13).write_text("x = 1\n")
    (root / "source/course/solutions/ex13_sin_gradient/hidden_checks.py").write_text("1 / 0\n")
    done = run(root)
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert "No work was marked down" in done.stderr
    assert not (root / "results" / "results.json").exists()


# --- which file is meant (as in a class: tests/classroom/intake) ------------------------------------------------------


def works_in(folder: Path, *names: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """Exercise → the name of the file that counts; and what is said."""
    course = Course(ROOT)
    with autograder.uploaded(folder, course, [course.find(name) for name in names]) as pupil:
        return {exercise: work.name for exercise, work in pupil.works.items()}, pupil.notes


def test_two_files_for_an_exercise_count_once_and_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "my_ex13.py").write_text("new")
    (tmp_path / EX13).write_text("old")
    os.utime(tmp_path / EX13, (1, 1))
    works, notes = works_in(tmp_path, "13", "05")
    assert works == {"ex13_sin_gradient": EX13}
    assert "named most like the stub; not my_ex13.py" in notes[0]


def test_folders_in_an_upload_are_the_same_students(tmp_path: Path) -> None:
    for name in ("homework 1/ex13.py", "homework 2/ex05.py"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("x = 1")
    with zipfile.ZipFile(tmp_path / "more.zip", "w") as archive:
        archive.writestr("deep/ex14_dense.py", "x = 1")
    works, _ = works_in(tmp_path, "13", "05", "14")
    assert set(works) == {"ex13_sin_gradient", "ex05_inplace_errors", "ex14_dense"}


def test_the_only_file_for_the_only_exercise_may_have_any_name(tmp_path: Path) -> None:
    (tmp_path / "solution.py").write_text("x = 1")
    assert works_in(tmp_path, "13")[0] == {"ex13_sin_gradient": "solution.py"}
    works, notes = works_in(tmp_path, "13", "05")
    assert works == {}
    assert "No exercise is named by solution.py" in notes[0]


def test_a_link_to_the_solution_is_refused_with_a_sentence(root: Path) -> None:
    (root / "submission" / "ex13_sin_gradient.py").symlink_to(SOLUTIONS / "ex13_sin_gradient" / EX13)
    found = results(root)
    assert score(found) == 0
    assert "link" in found["output"]


# --- limits of attempts -----------------------------------------------------------------------------------------------


def test_an_upload_beyond_the_limit_keeps_the_marks_of_the_last_one(course: Course, tmp_path: Path) -> None:
    kit = autograder.build(course, [course.find("13")], Reveal.TITLES, Limits(1, 0))
    assert b"limits=(--attempts 1 --cool-down 0 --metadata" in kit["assignment.sh"]
    assert b"limits=()" in autograder.build(course, [course.find("13")], Reveal.TITLES)["assignment.sh"]
    last = {"tests": [{"name": "a", "score": 3.0, "max_score": 10}], "output": "of then", "extra_data": {"seeds": {}}}
    metadata = {
        "created_at": "2026-11-30T12:00:00+00:00",
        "previous_submissions": [{"submission_time": "2026-11-29T12:00:00+00:00", "results": last}],
    }
    for name, content in kit.items():
        path = tmp_path / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (tmp_path / "source" / "run_autograder").chmod(0o755)
    (tmp_path / "submission").mkdir()
    (tmp_path / "submission_metadata.json").write_text(json.dumps(metadata))
    found = results(tmp_path)
    assert found["tests"] == last["tests"]
    assert found["output"].startswith("You have used your 1 attempt; the last one that was graded counts.")
    assert found["extra_data"] == {"seeds": {}, "refused": True}


# --- Classroom 50 -----------------------------------------------------------------------------------------------------


def test_classroom_50s_folder_grades_a_repository_with_public_checks(
    course: Course, tmp_path: Path, jailed: None
) -> None:
    folder, repository = tmp_path / "ex13", tmp_path / "nn-ex13-ada"
    kit = classroom50.build(course, [course.find("13")])
    assert not [name for name in kit if "hidden" in name.rpartition("/")[2] and name.startswith("course/solutions")]
    assert not [name for name in kit if name.startswith("course/solutions")]
    release.write(kit, folder)
    repository.mkdir()
    shutil.copy(SOLUTIONS / "ex13_sin_gradient" / EX13, repository)
    env = {name: value for name, value in os.environ.items() if name != "GRADE_SECRET"}
    env |= {"GRADE_PYTHON": sys.executable, "CLASSROOM": "nn", "ASSIGNMENT": "ex13", "USERNAME": "ada"}

    def grade() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, folder / "autograder.py"], cwd=repository, env=env, capture_output=True, text=True,
            timeout=300, check=False,
        )  # fmt: skip

    done = grade()
    assert done.returncode == 0, done.stderr
    found = json.loads((repository / "result.json").read_text(encoding="utf-8"))
    assert (found["usernames"], found["score"] == found["max-score"] > 0) == (["ada"], True)
    (repository / EX13).write_text("def sin_x2y(x, y): return 0\n")
    assert grade().returncode == 0, "wrong work is no failure of the autograder"
    found = json.loads((repository / "result.json").read_text(encoding="utf-8"))
    assert found["score"] < found["max-score"]
    (folder / "course" / "exercises" / "ex13_sin_gradient" / "checks.py").write_text("1 / 0\n")
    assert grade().returncode not in (0, 1)

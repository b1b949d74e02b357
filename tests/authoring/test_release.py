"""grade release: the student's kit works by itself, and holds no answer."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT

from grader.authoring import release
from grader.authoring.release import Kit
from grader.errors import UsageError
from grader.exercises.course import Course
from grader.exercises.files import Side
from grader.submissions.twins import twin
from grader.submissions.work import of_bytes

LONG_ENOUGH = 30
"""Characters of a line that says something: shorter ones, such as `return model`, stand everywhere."""


@pytest.fixture(scope="module")
def kit() -> Kit:
    return release.build(Course(ROOT))


@pytest.fixture(scope="module")
def shipped(kit: Kit) -> dict[str, set[str]]:
    """The lines of each file of the kit: of a notebook those of its cells."""
    return {
        name: lines_of(
            "\n".join(of_bytes(name, content).notebook.cells) if name.endswith(".ipynb") else content.decode()
        )
        for name, content in kit.items()
    }


def lines_of(text: str) -> set[str]:
    """The lines that say something, without imports, whatever their indentation."""
    lines = {re.sub(r"\s+", " ", line.strip()) for line in text.splitlines()}
    return {line for line in lines if len(line) >= LONG_ENOUGH and not line.startswith(("import ", "from "))}


@pytest.mark.parametrize("exercise", [exercise.id for exercise in Course(ROOT).exercises()])
def test_no_line_of_a_solution_or_hidden_check_is_in_the_kit(shipped: dict[str, set[str]], exercise: str) -> None:
    others = {
        f"exercises/{other.id}/{file.name}"
        for other in Course(ROOT).exercises()
        for file in other.files()
        if other.id != exercise
    }
    # The replay has a training loop of its own: the one that every page about PyTorch shows.
    others.add("grader/checks/training_loops.py")
    there = set().union(*(lines for name, lines in shipped.items() if name not in others))
    public = set().union(*(lines_of(text) for text in public_texts(exercise)))
    for path in (ROOT / "solutions" / exercise).rglob("*.py"):
        secret = lines_of(path.read_text(encoding="utf-8")) - public
        assert secret & there == set(), path


def public_texts(exercise: str) -> Iterator[str]:
    """What an exercise's students read anyway: a solution keeps the stub's headings, and hidden checks ask alike."""
    found = Course(ROOT).find(exercise)
    yield found.stub_path.read_text(encoding="utf-8")
    yield from (file.content.decode() for file in found.files() if file.side is Side.PUBLIC)


def test_the_kit_holds_what_it_should_and_nothing_else(kit: Kit) -> None:
    for exercise in Course(ROOT).exercises():
        inside = {name.split("/", 2)[2] for name in kit if name.startswith(f"exercises/{exercise.id}/")}
        notebook = exercise.stub.replace(".py", ".ipynb")
        handed_out = {exercise.stub, notebook, f".stub/{exercise.stub}", f".stub/{notebook}"}
        own = {file.name for file in exercise.files() if file.side is Side.PUBLIC}
        assert inside == own | handed_out
        assert {"README.md", "exercise.toml"} < own
        assert all(name in {"README.md", "exercise.toml"} or name.endswith(".py") for name in own)
        folder = f"exercises/{exercise.id}/"
        for name in (exercise.stub, notebook):
            assert kit[f"{folder}.stub/{name}"] == kit[folder + name]
        assert kit[folder + notebook].decode() == twin(exercise)
    assert not [name for name in kit if re.search(r"solutions|hidden_checks|/right/|/wrong/|__pycache__", name)
                and not name.startswith("grader/authoring/blank/")]  # fmt: skip


def test_what_a_student_reads_in_the_kit_leads_nowhere_else(kit: Kit) -> None:
    for page in ("README.md", "docs/students.md"):
        for target in re.findall(r"\]\(([^)#]+)", kit[page].decode()):
            assert target in kit, f"{page}: {target}"
    assert "docs/students.md" in kit["README.md"].decode()


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A course of ex13 alone, which a test may fill with rubbish."""
    for side in ("exercises", "solutions"):
        shutil.copytree(ROOT / side / "ex13_sin_gradient", tmp_path / side / "ex13_sin_gradient")
    return tmp_path


def test_what_lies_about_is_not_shipped(small: Path) -> None:
    folder = small / "exercises" / "ex13_sin_gradient"
    solution = (small / "solutions" / "ex13_sin_gradient" / "ex13_sin_gradient.py").read_bytes()
    for name in ("ex13_sin_gradient.py~", "solution.py", "hidden_checks.py", "__pycache__/ex13.pyc", "right/ex13.py"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(solution)
    assert solution not in release.build(Course(small)).values()


def grade(*arguments: str, cwd: Path, python: str = sys.executable) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [python, "-c", "from grader.cli import main; main()", *arguments],
        capture_output=True, text=True, timeout=180, check=False, cwd=cwd,
    )  # fmt: skip


@pytest.mark.slow
def test_a_stub_that_somebody_has_filled_is_not_released(small: Path) -> None:
    stub = small / "exercises" / "ex13_sin_gradient" / "ex13_sin_gradient.py"
    shutil.copy(small / "solutions" / "ex13_sin_gradient" / "right" / "func_grad.py", stub)
    result = grade("release", str(small / "kit"), cwd=small)
    assert result.returncode == 2
    assert "the untouched stub passes" in result.stderr
    assert "Nothing was released" in result.stderr
    assert not (small / "kit").exists()


def test_a_kit_is_never_mixed_with_what_is_there(small: Path, kit: Kit) -> None:
    (small / "full").mkdir()
    (small / "full" / "precious").touch()
    for taken in ("full", "full/precious"):
        with pytest.raises(UsageError, match="exists already"):
            release.write(kit, small / taken)
    assert [path.name for path in (small / "full").iterdir()] == ["precious"]


def test_a_zip_has_the_same_files_and_always_the_same_bytes(kit: Kit, tmp_path: Path) -> None:
    for name in ("one.zip", "two.zip"):
        release.write(kit, tmp_path / name)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert {name.partition("/")[2]: archive.read(name) for name in archive.namelist()} == kit


@pytest.mark.slow
def test_a_student_installs_the_kit_and_grades_with_it(kit: Kit, tmp_path: Path) -> None:
    """In an environment of its own; the packages that the kit needs are lent by this one, they take 5.5 GB."""
    release.write(kit, tmp_path / "kit")
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "venv"], check=True, timeout=120)
    python = str(tmp_path / "venv" / "bin" / "python")
    (site,) = (tmp_path / "venv" / "lib").glob("python3*/site-packages")
    lent = [path for path in sys.path if path.endswith("site-packages")]
    (site / "lent.pth").write_text("\n".join(lent))
    install = [python, "-m", "pip", "install", "-q", "--no-index", "--no-deps", "--no-build-isolation", "-e", "."]
    done = subprocess.run(install, cwd=tmp_path / "kit", capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == 0, done.stderr
    where = [python, "-c", "import grader; print(grader.__file__)"]
    used = subprocess.run(where, cwd=tmp_path, capture_output=True, text=True, check=True, timeout=120)
    assert used.stdout.startswith(str(tmp_path / "kit"))

    untouched = grade("ex13", cwd=tmp_path / "kit", python=python)
    assert untouched.returncode == 1, untouched.stderr
    assert "This part of the stub is still to be written." in untouched.stdout
    stub = tmp_path / "kit" / "exercises" / "ex13_sin_gradient" / "ex13_sin_gradient.py"
    shutil.copy(ROOT / "solutions" / "ex13_sin_gradient" / "ex13_sin_gradient.py", stub)
    solved = grade("ex13", cwd=tmp_path / "kit", python=python)
    assert solved.returncode == 0, solved.stdout + solved.stderr
    assert "Only the public checks were run" in solved.stdout
    assert "ex13_sin_gradient.py " in solved.stdout, "and not its twin, which nobody has touched"

    # An exercise of many files, with data and options of its own, is there whole.
    nothing = grade("data", "--data-home", str(tmp_path), cwd=tmp_path / "kit", python=python)
    assert (nothing.returncode, nothing.stderr) == (1, "")
    untouched = grade("ex15", "--data", "stand-in", cwd=tmp_path / "kit", python=python)
    assert untouched.returncode == 1, untouched.stderr
    assert "This part of the stub is still to be written." in untouched.stdout

    reset = grade("reset", "ex13", cwd=tmp_path / "kit", python=python)
    assert reset.returncode == 0, reset.stderr
    notebook = stub.with_suffix(".ipynb")
    functions = (ROOT / "solutions" / "ex13_sin_gradient" / "ex13_sin_gradient.py").read_text(encoding="utf-8")
    document = json.loads(notebook.read_text(encoding="utf-8"))
    last = [cell for cell in document["cells"] if cell["cell_type"] == "code"][-2]
    last["source"] = functions
    notebook.write_text(json.dumps(document), encoding="utf-8")
    solved = grade("ex13", cwd=tmp_path / "kit", python=python)
    assert solved.returncode == 0, solved.stdout + solved.stderr
    assert "ex13_sin_gradient.ipynb " in solved.stdout

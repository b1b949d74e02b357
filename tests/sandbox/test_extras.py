"""What is not installed is one sentence that names the extra; what most exercises need is little."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from environments import BASE, brought_by, environment, size_of
from places import ROOT

from grader.authoring import release
from grader.exercises.course import Course
from grader.exercises.files import Side
from grader.sandbox import extras
from grader.submissions.twins import as_notebook

EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
SIN = "ex13_sin_gradient"
FASHION = "lab12_fashion_data"


def grade(python: str, *arguments: str, cwd: Path, code: int) -> str:
    """What `python -m grader` prints, on both streams; it must end with `code`."""
    done = subprocess.run(
        [python, "-m", "grader", *arguments], cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        timeout=180, check=False, env={**os.environ, "COLUMNS": "200"},
    )  # fmt: skip
    assert done.returncode == code, done.stdout
    assert "Traceback" not in done.stdout
    assert ("fault" in done.stdout) == (code == 3)
    return done.stdout


def test_what_most_exercises_need_beyond_torch_is_little() -> None:
    more = brought_by(BASE) - brought_by(["torch", "numpy"])
    assert len(more) < 16, "and one is the project itself"
    assert size_of(more) < 25_000_000
    assert {"safetensors", "rich", "anyio"} < more


def test_instructors_get_everything_and_so_do_the_tests() -> None:
    brought = brought_by(text for extra in ("labs", "ex15", "notebooks") for text in EXTRAS[extra])
    needed = {extras.name_of(name) for exercise in Course(ROOT).exercises() for name in exercise.packages}
    assert needed <= brought
    assert EXTRAS["test"][0] == f"{extras.PROJECT}[instructors]"
    assert EXTRAS["instructors"][0] == f"{extras.PROJECT}[labs,ex15,notebooks,desk]"


def imported_by(source: str) -> set[str]:
    """The packages that a program imports, wherever it does."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                found |= {name.name.split(".")[0] for name in names}
            case ast.ImportFrom(module=str(module), level=0):
                found.add(module.split(".")[0])
    return found


@pytest.mark.parametrize("exercise", [exercise.id for exercise in Course(ROOT).exercises()])
def test_an_exercise_names_the_packages_that_it_imports(exercise: str) -> None:
    """Those that the light install lacks: torch and NumPy are everybody's."""
    found = Course(ROOT).find(exercise)
    modules = {
        "torchvision": "torchvision",
        "torchmetrics": "torchmetrics",
        "sklearn": "scikit-learn",
        "optuna": "optuna",
    }
    sides: dict[Side, set[str]] = {Side.PUBLIC: {name.split(".")[0] for name in found.warm}, Side.HIDDEN: set()}
    for file in found.files():
        if file.name.endswith(".py"):
            sides[file.side] |= imported_by(file.content.decode())
    assert found.solution_path is not None
    for path in (found.stub_path, found.solution_path):
        sides[Side.PUBLIC] |= imported_by(path.read_text(encoding="utf-8"))
    public, hidden = ({modules[name] for name in sides[side] & set(modules)} for side in Side)
    assert set(found.packages) == public
    assert set(found.hidden_packages) == hidden - public


def test_a_sentence_names_the_extra_and_the_command() -> None:
    assert extras.lack("lab15 needs", ["optuna"]) == (
        "lab15 needs optuna, which is not installed here: "
        "python -m pip install 'optuna>=4.9' (the extra `labs` brings it)."
    )
    assert "install an-authors-own." in extras.lack("ex16 needs", ["an_authors.own"])
    assert "https://download.pytorch.org/whl/cpu" in extras.lack("Grading needs", ["torch"])


def test_only_what_the_project_declares_is_a_lack() -> None:
    assert extras.lack_of_module("grader.nothing") == ""
    assert extras.lack_of_module("numpy") == "", "it is here"
    assert extras.lack_of_module(None) == ""


def test_a_kit_needs_what_its_exercises_need(tmp_path: Path) -> None:
    for names, more in (
        (("ex13_sin_gradient",), []),
        ((SIN, "ex15_covertype", "lab15_search"), ["optuna", "scikit-learn"]),
    ):
        root = tmp_path / more[0] if more else tmp_path / "light"
        for name in names:
            shutil.copytree(ROOT / "exercises" / name, root / "exercises" / name)
        project = tomllib.loads(release.build(Course(root))["pyproject.toml"].decode())["project"]
        added = [name for name in project["dependencies"] if name not in BASE]
        assert [extras.name_of(name) for name in added] == more
        assert project["dependencies"][: len(BASE)] == list(BASE)
        assert project["optional-dependencies"] == EXTRAS


@pytest.mark.slow
def test_with_what_most_exercises_need_they_are_graded_and_the_rest_is_a_sentence(tmp_path: Path) -> None:
    python = environment(tmp_path / "light", BASE)
    root = tmp_path / "course"
    for name in (SIN, "ex15_covertype", "lab15_search"):
        shutil.copytree(ROOT / "exercises" / name, root / "exercises" / name)
    solution = ROOT / "solutions" / SIN / f"{SIN}.py"
    shutil.copy(solution, root / f"{SIN}.py")
    told = grade(python, "all", cwd=root, code=2)
    assert "3/3" in told, "what can be graded is"
    lack = (
        "lab15 needs optuna, which is not installed here: python -m pip install 'optuna>=4.9' (the extra `labs` brings"
    )
    assert lack in told
    assert "ex15 needs scikit-learn, which is not installed here" in told
    assert grade(python, "watch", "lab15", cwd=root, code=2).startswith(f"grade: {lack}")
    assert "(the extra `ex15` brings it)" in grade(python, "data", cwd=root, code=2)
    (root / f"{SIN}.ipynb").write_text(as_notebook(solution.read_text(encoding="utf-8")), encoding="utf-8")
    notebook = grade(python, f"{SIN}.ipynb", cwd=root, code=2)
    assert notebook.startswith("grade: Grading a notebook needs nbclient and ipykernel, which are not installed here")
    assert "(the extra `notebooks` brings them)" in notebook
    assert "needs nbformat" in grade(python, "notebook", "13", "out.ipynb", cwd=root, code=2)
    doctor = grade(python, "doctor", cwd=root, code=0)
    assert "missing; only lab15 needs it" in doctor
    assert "missing; only notebooks need it" in doctor


@pytest.mark.slow
def test_a_package_that_was_built_for_another_torch_is_named_and_costs_no_mark(tmp_path: Path) -> None:
    python = environment(tmp_path / "unfit", BASE)
    (site,) = (tmp_path / "unfit" / "lib").glob("python3*/site-packages")
    raises = 'raise RuntimeError("operator torchvision::nms does not exist")\n'  # what torchvision says then
    (site / "torchvision").mkdir()
    (site / "torchvision" / "__init__.py").write_text(raises)
    for name in (SIN, FASHION):
        shutil.copytree(ROOT / "exercises" / name, tmp_path / "exercises" / name)
    shutil.copy(ROOT / "solutions" / FASHION / f"{FASHION}.py", tmp_path)
    why = "torchvision cannot be imported here (RuntimeError: operator torchvision::nms does not exist)"
    doctor = " ".join(grade(python, "doctor", cwd=tmp_path, code=1).split())
    assert (
        f"✗ torchvision installed, but {why}; only lab12 needs it → torchvision holds code for one build of torch"
        in doctor
    )
    told = " ".join(grade(python, "lab12", cwd=tmp_path, code=3).split())
    assert f"{why}. `grade doctor`" in told
    assert "process limits only" not in told, "the level of isolation is what it was"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("gone", "words"), [("safetensors", "Grading needs safetensors"), ("msgspec", "This needs msgspec")]
)
def test_without_what_everything_needs_that_is_said_too(gone: str, words: str, tmp_path: Path) -> None:
    python = environment(tmp_path / "broken", BASE, without=[gone])
    shutil.copytree(ROOT / "exercises" / SIN, tmp_path / "exercises" / SIN)
    told = grade(python, "13", cwd=tmp_path, code=2)
    assert told.startswith(f"grade: {words}, which is not installed here: python -m pip install '{gone}>=")
    assert told.count("\n") == 1

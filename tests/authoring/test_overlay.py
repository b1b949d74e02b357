"""wrong/ files are overlays: they say their base, are graded as whole programs, and repeat nothing of what is right."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

import pytest
from places import ROOT

from grader.authoring import overlay
from grader.authoring.verify import LIAR, NOTEBOOK, ROLES, verify
from grader.errors import AuthoringError
from grader.exercises.course import Course
from grader.exercises.exercise import Exercise
from grader.grading.runner import Settings
from grader.sandbox.host import Sandbox

IDS = [exercise.id for exercise in Course(ROOT).exercises()]
PROMISE = '# fails: known_point — "takes radians"'
DEGREES = "def sin_x2y(x, y):\n    return torch.sin(torch.deg2rad(x**2 * y))\n"
"""Wrong, and only with its base's `import torch`."""


@pytest.fixture
def exercise(tmp_path: Path) -> Exercise:
    """ex13 with a wrong/ of its own, which a test may fill."""
    for side in ("exercises", "solutions"):
        shutil.copytree(ROOT / side / "ex13_sin_gradient", tmp_path / side / "ex13_sin_gradient")
    found = Course(tmp_path).find("ex13")
    for path in wrong_of(found):
        path.unlink()
    return found


def wrong_of(exercise: Exercise) -> list[Path]:
    assert exercise.solution_folder is not None
    return sorted((exercise.solution_folder / "wrong").glob("*.py"))


def written(exercise: Exercise, text: str | bytes) -> Path:
    assert exercise.solution_folder is not None
    path = exercise.solution_folder / "wrong" / "degrees.py"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_the_solution_is_a_base(exercise: Exercise) -> None:
    path = written(exercise, f"{PROMISE}\n# base: solution\n{DEGREES}")
    work = overlay.work(exercise, path)
    assert overlay.base_of(exercise, path) == exercise.solution_path
    assert (work.name, work.path, work.problem) == ("degrees.py", str(path), None)
    assert work.text.startswith(f"{PROMISE}\n")
    assert "# base" not in work.text
    assert "import torch" in work.text
    assert DEGREES in work.text


def test_a_file_of_right_is_a_base(exercise: Exercise) -> None:
    path = written(exercise, f"{PROMISE}\n# base: right/by_hand.py  \n{DEGREES}")
    assert exercise.solution_folder is not None
    base = (exercise.solution_folder / "right" / "by_hand.py").read_text(encoding="utf-8")
    assert overlay.program(exercise, path).decode() != base
    assert base[base.index("def gradient_at") :] in overlay.program(exercise, path).decode()


@pytest.mark.parametrize("rest", [DEGREES.encode(), b"def (:\n", "# é\n".encode(), b""])
def test_what_stands_alone_is_graded_byte_by_byte(exercise: Exercise, rest: bytes) -> None:
    text = f"{PROMISE}\n# base: none\n".encode() + rest
    path = written(exercise, text)
    assert overlay.base_of(exercise, path) is None
    assert overlay.program(exercise, path) == text
    assert overlay.work(exercise, path).source == text


@pytest.mark.parametrize(
    "second",
    ["", "# base:", "#base: solution", "# base: plain", "# base: right/plain", "# base: ../x.py", "# base: solution.py",
     "# Base: none", "# base: none of them", "import torch"],
)  # fmt: skip
def test_a_second_line_that_says_no_base_is_refused(exercise: Exercise, second: str) -> None:
    path = written(exercise, f"{PROMISE}\n{second}\n{DEGREES}")
    with pytest.raises(AuthoringError, match=r"degrees\.py: the second line must say which .* # base: solution"):
        overlay.program(exercise, path)
    with pytest.raises(AuthoringError, match="the second line must say"):
        overlay.program(exercise, written(exercise, PROMISE))


def test_a_base_that_is_not_there_is_refused(exercise: Exercise) -> None:
    path = written(exercise, f"{PROMISE}\n# base: right/nobody.py\n{DEGREES}")
    with pytest.raises(AuthoringError, match=r"degrees\.py: its base .*right/nobody\.py is not there\.$"):
        overlay.program(exercise, path)


@pytest.mark.parametrize(
    ("rest", "words"),
    [
        (b"def (:\n", "it is not Python, see line 3"),
        (b"del nothing\n", "it removes nothing, which its base does not bind"),
        (b"x = '\xe9'\n", "'utf-8' codec"),
    ],
)
def test_what_cannot_be_spliced_is_said_with_the_files_name(exercise: Exercise, rest: bytes, words: str) -> None:
    path = written(exercise, f"{PROMISE}\n# base: solution\n".encode() + rest)
    with pytest.raises(AuthoringError, match=rf"^\S+/wrong/degrees\.py: {words}"):
        overlay.program(exercise, path)


def test_only_files_of_the_exercises_own_wrong_folder_are_overlays(exercise: Exercise, tmp_path: Path) -> None:
    path = written(exercise, f"{PROMISE}\n# base: solution\n{DEGREES}")
    elsewhere = tmp_path / "wrong" / path.name
    elsewhere.parent.mkdir()
    shutil.copy(path, elsewhere)
    assert overlay.is_wrong(exercise, path)
    assert not overlay.is_wrong(exercise, elsewhere), "a student who writes the two lines gets no solution for it"
    assert not overlay.is_wrong(Course(ROOT).find("ex14"), path)
    assert exercise.solution_path is not None
    assert not overlay.is_wrong(exercise, exercise.solution_path)


@pytest.mark.slow
def test_the_whole_program_is_proven_as_a_file_and_as_a_notebook(exercise: Exercise, best_sandbox: Sandbox) -> None:
    written(exercise, f'# fails: known_point, function_values — "takes radians"\n# base: solution\n{DEGREES}')
    proofs = list(verify(exercise, best_sandbox, Settings(seed=1, secret=b"verify"), roles={*ROLES} - {"right"}))
    assert [(proof.role, proof.file) for proof in proofs if proof.file == "degrees.py"] == [
        ("wrong", "degrees.py"),
        (LIAR, "degrees.py"),
        (NOTEBOOK, "degrees.py"),
    ]
    assert [proof.complaint for proof in proofs if proof.complaint] == []
    assert all("takes radians" in str(proof.report.checks) for proof in proofs if proof.file == "degrees.py")


# --- this repository's ------------------------------------------------------------------------------------------------


def statements(source: bytes) -> set[str]:
    """What a program defines, without its imports, comments and texts."""
    definitions = (ast.FunctionDef, ast.ClassDef, ast.Assign, ast.AnnAssign)
    return {ast.dump(node) for node in ast.parse(source).body if isinstance(node, definitions)}


@pytest.mark.slow
@pytest.mark.parametrize("name", IDS)
def test_no_wrong_file_repeats_what_is_right(course: Course, name: str) -> None:
    exercise = course.find(name)
    assert exercise.solution_path is not None
    for path in wrong_of(exercise):
        base = overlay.base_of(exercise, path) or exercise.solution_path
        overlay.program(exercise, path)
        assert not statements(path.read_bytes()) & statements(base.read_bytes()), f"{path} repeats {base}"


def with_budget(exercise: Exercise) -> Exercise:
    toml = exercise.folder / "exercise.toml"
    toml.write_text(f'{toml.read_text()}\n[options.budget]\nhelp = "Seconds."\nkind = "number"\n')
    return Course(exercise.folder.parent.parent).find("ex13")


def test_a_wrong_file_may_be_graded_with_an_option_of_the_exercise(exercise: Exercise) -> None:
    exercise = with_budget(exercise)
    path = written(exercise, f"{PROMISE}\n# base: solution, graded with --budget 2.5\n{DEGREES}")
    assert overlay.base_of(exercise, path) == exercise.solution_path
    assert overlay.options_of(exercise, path) == {"budget": 2.5}


def test_without_options_there_are_none(exercise: Exercise) -> None:
    assert overlay.options_of(exercise, written(exercise, f"{PROMISE}\n# base: solution\n{DEGREES}")) == {}


@pytest.mark.parametrize(
    ("given", "words"),
    [("--speed 2", "ex13_sin_gradient has no option --speed"), ("--budget soon", "--budget soon: a number above 0"),
     ("--budget 0", "a number above 0"), ("--budget nan", "a number above 0")],
    ids=["unknown", "words", "nought", "nan"],
)  # fmt: skip
def test_an_option_that_makes_no_sense_is_the_authors(exercise: Exercise, given: str, words: str) -> None:
    exercise = with_budget(exercise)
    path = written(exercise, f"{PROMISE}\n# base: solution, graded with {given}\n{DEGREES}")
    with pytest.raises(AuthoringError, match=words):
        overlay.options_of(exercise, path)

"""A kit whose notebooks install it: from where the instructor says, and from GitHub with a badge for Colab."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from places import ROOT

from grader.authoring import release
from grader.errors import UsageError
from grader.exercises.course import VARIABLE, Course, find_course
from grader.magic import Asked, _asked
from grader.submissions.stubs import same
from grader.submissions.twins import SETUP, twin

SIN = "ex13_sin_gradient"
NOTEBOOK = f"exercises/{SIN}/{SIN}.ipynb"


@pytest.fixture
def small(tmp_path: Path) -> Course:
    shutil.copytree(ROOT / "exercises" / SIN, tmp_path / "exercises" / SIN)
    return Course(tmp_path)


def cells_of(course: Course, origin: str) -> list[str]:
    document = json.loads(release.build(course, origin=origin)[NOTEBOOK])
    return ["".join(cell["source"]) for cell in document["cells"]]


def test_its_first_cell_of_code_installs_it_from_there(small: Course) -> None:
    cells = cells_of(small, "https://example.org/kit.zip")
    (setup,) = [cell for cell in cells if cell.startswith(SETUP)]
    assert setup.splitlines()[1:] == ['%pip install -q "https://example.org/kit.zip"', "%load_ext grader"]
    assert "colab" not in cells[0]
    plain, other = (twin(small.find("13"), origin).encode() for origin in ("", "https://example.org/kit.zip"))
    assert plain != other
    assert same("a.ipynb", other, plain), "nobody has worked on it, from wherever it is installed"


@pytest.mark.parametrize(
    ("origin", "place"),
    [
        ("https://github.com/a/b/archive/refs/heads/main.zip", "a/b/blob/main"),
        ("git+https://github.com/a/b.git@v1", "a/b/blob/v1"),
        ("git+https://github.com/a/b", "a/b/blob/main"),
    ],
)
def test_a_repository_on_github_has_a_badge(small: Course, origin: str, place: str) -> None:
    assert f"(https://colab.research.google.com/github/{place}/{NOTEBOOK})" in cells_of(small, origin)[0]


@pytest.mark.parametrize("origin", ["a b.zip", 'x"; rm', "https://x.org/$HOME", "https://x.org/{kit}"])
def test_what_a_notebook_would_expand_is_refused(small: Course, origin: str) -> None:
    with pytest.raises(UsageError, match=r"a folder, a \.zip or a URL"):
        release.build(small, origin=origin)


def test_a_line_of_the_magic_says_what_is_meant() -> None:
    assert _asked("") == Asked()
    assert _asked("hint") == Asked("hint")
    assert _asked("show ex13 --format plain") == Asked("show", "ex13", plain=True)
    assert _asked("ex13 --course 'my course' --seed 7") == Asked("grade", "ex13", 7, course=Path("my course"))
    for line in ("ex13 ex14", "--seed", "ex13 --seed -1", "ex13 --format html", "'"):
        with pytest.raises(UsageError, match="Say which exercise to grade"):
            _asked(line)


def test_the_environment_names_the_course(small: Course, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(VARIABLE, str(small.root))
    assert find_course() == small
    assert find_course(ROOT).root == ROOT, "what is typed comes first"
    monkeypatch.setenv(VARIABLE, str(tmp_path.parent / "nowhere"))
    with pytest.raises(UsageError, match=r"No exercises/ folder in .*nowhere"):
        find_course()

"""`grade open` and `grade watch --edit`: the editor that is named, at the line that is meant."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_courses import make_course
from typed import Typed

from grader.commands import editor
from grader.errors import UsageError

SOURCE = "\n\ndef answer():\n    raise NotImplementedError\n"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return make_course(tmp_path / "course")


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An editor that writes down what it was asked for, under the names of several."""
    folder = tmp_path / "programs"
    folder.mkdir()
    for name in ("code", "nano", "ed"):
        (folder / name).write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {folder}/said\n')
        (folder / name).chmod(0o755)
    (folder / "broken").write_text("#!/bin/sh\nexit 3\n")
    (folder / "broken").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    monkeypatch.delenv("VISUAL", raising=False)
    return folder


@pytest.mark.parametrize(
    ("named", "said"), [("code --wait", ["--wait", "--goto", "{}:4"]), ("nano", ["+4", "{}"]), ("ed", ["{}"])]
)
def test_each_editor_is_told_the_line_in_its_own_way(
    named: str, said: list[str], course: Path, programs: Path, typed: Typed
) -> None:
    path = course / "ex01_answer.py"
    path.write_text(SOURCE)
    result = typed("open", "1", cwd=course, env={"EDITOR": named})
    assert result.returncode == 0, result.stderr
    assert (programs / "said").read_text().splitlines() == [word.format(path) for word in said]


def test_what_is_wrong_with_the_editor_is_one_sentence(course: Path, programs: Path, typed: Typed) -> None:
    for named, words in (
        ("", "No editor is known: set VISUAL or EDITOR"),
        ("'", "No editor is known"),
        ("emacs-of-nobody", "The editor 'emacs-of-nobody' is not installed here"),
        ("broken", "The editor 'broken' ended with 3."),
    ):
        result = typed("open", "ex01", cwd=course, env={"EDITOR": named})
        assert result.returncode == 2
        assert words in result.stderr
        assert result.stderr.count("\n") == 1


def test_watching_takes_an_editor_with_a_window(course: Path, programs: Path, typed: Typed) -> None:
    result = typed("watch", "ex01", "--edit", cwd=course, env={"EDITOR": "nano"})
    assert result.returncode == 2
    assert "--edit takes an editor with a window of its own" in result.stderr


def test_visual_comes_before_editor(programs: Path) -> None:
    assert editor.editor({"VISUAL": "code -n", "EDITOR": "nano"}) == ["code", "-n"]
    with pytest.raises(UsageError, match="No editor"):
        editor.editor({})


def test_the_list_is_short(course: Path, typed: Typed) -> None:
    assert typed("list", cwd=course).stdout == "ex01      –/2    The answer of ex01_answer\n"


def test_what_was_probably_meant_is_asked(course: Path, typed: Typed) -> None:
    assert typed("wach", cwd=course).stderr == "grade: There is no exercise 'wach'. Did you mean: grade watch?\n"
    result = typed("hnt", "ex01", cwd=course)
    assert result.stderr == "grade: There is no exercise 'hnt'. Did you mean: grade hint ex01?\n"
    assert (result.returncode, result.stdout) == (2, ""), "and ex01 is not graded"
    assert "Did you mean ex01_answer?" in typed("ex01_anwser", cwd=course).stderr
    assert "Did you mean ex01?" in typed("show", "ex011", cwd=course).stderr

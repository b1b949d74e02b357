"""A student's own files: copies of the stub, and the way back to it, on which no work is lost."""

from __future__ import annotations

import os
import subprocess
from datetime import datetime
from pathlib import Path

import pytest
from small_courses import RIGHT, STUB, WRONG, as_kit, make_course

from grader.errors import UsageError
from grader.exercises.course import Course
from grader.exercises.exercise import Exercise
from grader.submissions import copies
from grader.submissions.own import own_file
from grader.submissions.stubs import is_untouched
from grader.submissions.twins import twin

NOON = datetime(2026, 2, 3, 12, 0, 0)


@pytest.fixture
def kit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Exercise:
    """ex01 of a student's kit; the working folder is `work`, beside the course."""
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    return Course(as_kit(make_course(tmp_path / "course"))).find("ex01")


def test_a_copy_in_the_courses_own_folder_is_found_from_below(kit: Exercise, monkeypatch: pytest.MonkeyPatch) -> None:
    course = kit.folder.parent.parent
    (course / "deeper").mkdir()
    for folder in (course / "deeper", kit.folder.parent):
        monkeypatch.chdir(folder)
        assert own_file(kit) == kit.stub_path
        (course / "ex01_answer.py").write_text(RIGHT)
        assert own_file(kit) == course / "ex01_answer.py"
        assert copies.start(kit) == copies.Started(course / "ex01_answer.py", new=False)
        (course / "ex01_answer.py").unlink()


def everything(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir() if path.is_file()}


def test_start_copies_the_stub_into_the_working_folder(kit: Exercise) -> None:
    started = copies.start(kit)
    assert (started.path, started.new) == (Path.cwd() / "ex01_answer.py", True)
    assert started.path.read_text() == STUB


def test_start_leaves_work_that_is_there_as_it_is(kit: Exercise) -> None:
    work = Path.cwd() / "ex01_answer.py"
    work.write_text(RIGHT)
    assert copies.start(kit) == copies.Started(work, new=False)
    assert work.read_text() == RIGHT


def test_start_hides_no_work_that_was_begun_in_the_stub_itself(kit: Exercise) -> None:
    kit.stub_path.write_text(RIGHT)
    assert copies.start(kit) == copies.Started(kit.stub_path, new=False)
    assert everything(Path.cwd()) == {}


def test_start_says_what_stands_in_its_way(kit: Exercise) -> None:
    (Path.cwd() / "ex01_answer.py").mkdir()
    with pytest.raises(UsageError, match="is there already"):
        copies.start(kit)


def test_reset_restores_the_stub_and_keeps_the_work_beside_it_with_the_date(kit: Exercise) -> None:
    work = Path.cwd() / "ex01_answer.py"
    work.write_text(RIGHT)
    restored = copies.reset(kit, NOON)
    assert restored.kept is not None
    assert everything(Path.cwd()) == {"ex01_answer.py": STUB, "ex01_answer.py.2026-02-03-120000": RIGHT}


def test_reset_restores_a_stub_that_the_student_has_worked_in(kit: Exercise) -> None:
    kit.stub_path.write_text(RIGHT)
    assert copies.reset(kit, NOON).path == kit.stub_path
    assert kit.stub_path.read_text() == STUB
    assert (kit.folder / "ex01_answer.py.2026-02-03-120000").read_text() == RIGHT


def test_two_resets_within_a_second_keep_both_works(kit: Exercise) -> None:
    work = Path.cwd() / "ex01_answer.py"
    for content in (RIGHT, WRONG, "x = 1\n"):
        work.write_text(content)
        copies.reset(kit, NOON)
    kept = everything(Path.cwd())
    assert kept.pop("ex01_answer.py") == STUB
    assert sorted(kept.values()) == sorted([RIGHT, WRONG, "x = 1\n"])


def test_reset_of_what_is_the_stub_changes_nothing(kit: Exercise) -> None:
    copies.start(kit)
    assert copies.reset(kit, NOON).kept is None
    assert everything(Path.cwd()) == {"ex01_answer.py": STUB}


def test_reset_brings_back_a_stub_that_was_removed(kit: Exercise) -> None:
    kit.stub_path.unlink()
    again = Course(kit.folder.parent.parent).find("ex01")
    assert copies.reset(again, NOON) == copies.Restored(kit.stub_path, None)
    assert kit.stub_path.read_text() == STUB


def test_what_an_editor_saves_during_a_reset_is_not_overwritten(kit: Exercise, monkeypatch: pytest.MonkeyPatch) -> None:
    work = Path.cwd() / "ex01_answer.py"
    work.write_text(RIGHT)
    replace = Path.replace

    def replace_and_save_again(self: Path, target: Path) -> Path:
        moved = replace(self, target)
        self.write_text(WRONG)
        return moved

    monkeypatch.setattr(Path, "replace", replace_and_save_again)
    with pytest.raises(UsageError, match="was saved while"):
        copies.reset(kit, NOON)
    assert sorted(everything(Path.cwd()).values()) == sorted([RIGHT, WRONG])


def test_in_a_clone_the_stub_is_that_of_the_last_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_course(tmp_path)
    monkeypatch.chdir(root)
    for command in (["init", "-q"], ["add", "."], ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "a"]):
        subprocess.run(["git", *command], cwd=root, check=True, timeout=120)
    exercise = Course(root).find("ex01")
    exercise.stub_path.write_text(RIGHT)
    restored = copies.reset(exercise, NOON)
    assert exercise.stub_path.read_text() == STUB
    assert restored.kept is not None
    assert restored.kept.read_text() == RIGHT


def test_where_nobody_knows_the_stub_nothing_is_touched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    exercise = Course(make_course(tmp_path)).find("ex01")
    exercise.stub_path.write_text(RIGHT)
    with pytest.raises(UsageError, match="no untouched copy of the stub"):
        copies.reset(exercise, NOON)
    assert exercise.stub_path.read_text() == RIGHT


def test_a_stub_with_other_line_endings_is_untouched(kit: Exercise) -> None:
    work = Path.cwd() / "ex01_answer.py"
    work.write_bytes(STUB.replace("\n", "\r\n").encode() + b"\r\n")
    assert is_untouched(kit, work)
    work.write_text(STUB.replace("raise", "return"))
    assert not is_untouched(kit, work)


def test_a_notebook_is_started_recognised_and_reset_like_a_file(kit: Exercise) -> None:
    started = copies.start(kit, notebook=True)
    assert started == copies.Started(Path.cwd() / "ex01_answer.ipynb", new=True)
    handed_out = started.path.read_text()
    assert "raise NotImplementedError" in handed_out
    assert copies.start(kit) == copies.Started(started.path, new=False)
    printed = handed_out.replace(
        '"outputs": []', '"outputs": [{"output_type": "stream", "name": "stdout", "text": "hi"}]'
    )
    assert printed != handed_out
    started.path.write_text(printed)
    assert is_untouched(kit, started.path)
    work = handed_out.replace("raise NotImplementedError", "return 42")
    started.path.write_text(work)
    assert not is_untouched(kit, started.path)
    restored = copies.reset(kit, NOON)
    assert restored.kept is not None
    assert (restored.kept.read_text(), started.path.read_text()) == (work, handed_out)


def test_a_notebook_is_not_reset_to_a_stub_that_was_worked_in(kit: Exercise) -> None:
    path = copies.start(kit, notebook=True).path
    path.write_text(path.read_text().replace("raise NotImplementedError", "return 42"))
    kit.stub_path.write_text(RIGHT)
    with pytest.raises(UsageError, match="no untouched copy"):
        copies.reset(kit, NOON)
    assert "return 42" in path.read_text()


@pytest.fixture
def with_twin(kit: Exercise) -> Exercise:
    """As `grade release` makes a kit: each stub with its notebook twin, and a second copy of both."""
    for folder in (kit.folder, kit.pristine_path.parent):
        (folder / "ex01_answer.ipynb").write_text(twin(kit), encoding="utf-8")
    return kit


def save(path: Path, content: str, seconds: int) -> None:
    path.write_text(content, encoding="utf-8")
    os.utime(path, (2_000_000_000 + seconds,) * 2)


def test_an_untouched_twin_beside_the_stub_never_stands_in_for_it(with_twin: Exercise) -> None:
    notebook = with_twin.stub_path.with_suffix(".ipynb")
    unsaved, run = twin(with_twin), twin(with_twin).replace('"execution_count": null', '"execution_count": 7')
    assert run != unsaved
    for content, stub in ((unsaved, STUB), (unsaved, RIGHT), (run, STUB), (run, WRONG)):
        save(with_twin.stub_path, stub, 0)
        save(notebook, content, 60)
        assert own_file(with_twin) == with_twin.stub_path
    assert copies.reset(with_twin, NOON).path == with_twin.stub_path
    assert notebook.read_text(encoding="utf-8") == run


def test_a_twin_that_was_worked_in_counts_and_is_reset(with_twin: Exercise) -> None:
    notebook = with_twin.stub_path.with_suffix(".ipynb")
    work = twin(with_twin).replace("raise NotImplementedError", "return 42")
    save(notebook, work, 0)
    save(with_twin.stub_path, STUB, 60)
    assert own_file(with_twin) == notebook
    assert copies.start(with_twin) == copies.Started(notebook, new=False)
    save(with_twin.stub_path, WRONG, 60)
    assert own_file(with_twin) == with_twin.stub_path, "both were worked on: the one saved last"
    save(notebook, work, 120)
    assert own_file(with_twin) == notebook
    restored = copies.reset(with_twin, NOON)
    assert restored.kept is not None
    assert restored.kept.read_text(encoding="utf-8") == work
    assert is_untouched(with_twin, notebook), "also where the stub beside it is none any more"
    assert own_file(with_twin) == with_twin.stub_path


def test_in_the_exercises_own_folder_start_names_the_file_that_is_meant(
    with_twin: Exercise, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(with_twin.folder)
    assert copies.start(with_twin) == copies.Started(with_twin.stub_path, new=False)
    notebook = with_twin.stub_path.with_suffix(".ipynb")
    assert copies.start(with_twin, notebook=True) == copies.Started(notebook, new=False)
    save(with_twin.stub_path, RIGHT, 0)
    assert copies.start(with_twin, notebook=True).path == with_twin.stub_path, "work that is there goes on"


def test_a_copy_of_a_stub_that_was_worked_in_is_work(kit: Exercise) -> None:
    kit.stub_path.write_text(RIGHT)
    copy = Path.cwd() / "ex01_answer.py"
    copy.write_text(RIGHT)
    assert not is_untouched(kit, copy)
    assert copies.reset(kit, NOON).kept is not None
    assert copy.read_text() == STUB

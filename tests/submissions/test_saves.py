"""A student's save is noticed however the editor goes about it, and the file is never taken for another one."""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from patience import AT_LAST_S

from grader.submissions.saves import Saves, follow


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path]:
    """A copy in the working folder, and the stub."""
    for name in ("work", "exercises"):
        (tmp_path / name).mkdir()
    stub = tmp_path / "exercises" / "ex01.py"
    stub.write_text("stub")
    return tmp_path / "work" / "ex01.py", stub


def test_the_first_place_that_has_a_file_is_read(places: tuple[Path, Path]) -> None:
    work, stub = places
    saves = Saves([[place] for place in places])
    assert (saves.read(), saves.path) == (b"stub", stub)
    work.write_text("work")
    assert (saves.read(), saves.path) == (b"work", work)


def test_work_that_is_missing_for_a_moment_is_not_taken_to_be_the_stub(places: tuple[Path, Path]) -> None:
    work, _ = places
    work.write_text("work")
    saves = Saves([[place] for place in places])
    work.unlink()
    assert saves.read() is None
    assert saves.path == work
    work.write_text("more work")
    assert saves.read() == b"more work"


def test_of_a_file_and_its_notebook_the_one_that_was_saved_last_is_read(tmp_path: Path) -> None:
    script, notebook = tmp_path / "ex01.py", tmp_path / "ex01.ipynb"
    script.write_text("script")
    notebook.write_text("notebook")
    os.utime(notebook, (1, 1))
    saves = Saves([[script, notebook], [tmp_path / "stub.py"]])
    assert saves.read() == b"script"
    script.unlink()
    assert saves.read() is None, "missing for a moment"
    script.write_text("script again")
    assert saves.read() == b"script again"
    os.utime(notebook, (2**33, 2**33))
    assert saves.read() == b"notebook"
    script.unlink()
    assert saves.read() == b"notebook"


def test_the_file_that_is_watched_first_gives_way_to_one_that_is_saved_after_it(tmp_path: Path) -> None:
    script, notebook = tmp_path / "ex01.py", tmp_path / "ex01.ipynb"
    script.write_text("script")
    notebook.write_text("untouched")
    os.utime(script, (1, 1))
    saves = Saves([[tmp_path / "elsewhere.py"], [script, notebook]], script)
    assert (saves.read(), saves.path) == (b"script", script)
    script.write_text("more")
    assert saves.read() == b"more"
    notebook.write_text("worked on")
    os.utime(notebook, (2**33, 2**33))
    assert (saves.read(), saves.path) == (b"worked on", notebook)


def test_the_folders_that_matter_are_watched_and_no_others(places: tuple[Path, Path], tmp_path: Path) -> None:
    assert Saves([[tmp_path / "nowhere" / "ex01.py"], *([place] for place in places)]).folders() == [
        places[0].parent,
        places[1].parent,
    ]
    places[0].write_text("work")
    assert Saves([[place] for place in places]).folders() == [places[0].parent]


@pytest.fixture
def noticed(tmp_path: Path) -> Iterator[Callable[[], bool]]:
    """Whether something in the folder is noticed."""
    events: queue.Queue[None] = queue.Queue()
    stop = threading.Event()
    thread = follow([tmp_path], lambda: events.put(None), stop)
    (tmp_path / "first.py").write_text("")
    for count in range(100):  # until the system has begun to watch
        try:
            events.get(timeout=0.1)
            break
        except queue.Empty:
            (tmp_path / "first.py").write_text(str(count))

    def wait() -> bool:
        try:
            events.get(timeout=AT_LAST_S)
        except queue.Empty:
            return False
        return True

    yield wait
    stop.set()
    thread.join(AT_LAST_S)
    assert not thread.is_alive()


def write(path: Path) -> None:
    path.write_text("x = 1\n")


def rename(path: Path) -> None:
    draft = path.with_suffix(".tmp")
    draft.write_text("x = 1\n")
    draft.replace(path)


def move_away_and_write(path: Path) -> None:
    write(path)
    path.replace(path.with_suffix(".bak"))
    write(path)


def in_place(path: Path) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT)
    os.write(descriptor, b"x = 1\n")
    os.close(descriptor)


@pytest.mark.parametrize("save", [write, rename, move_away_and_write, in_place])
def test_every_way_of_saving_is_noticed(
    save: Callable[[Path], None], noticed: Callable[[], bool], tmp_path: Path
) -> None:
    save(tmp_path / "ex01.py")
    assert noticed()

"""Whatever student code leaves in a folder is removed, and nothing beside it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader.sandbox.removal import remove


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "home"
    made.mkdir()
    return made


def test_a_folder_that_is_not_there_is_gone(tmp_path: Path) -> None:
    assert remove(str(tmp_path / "nothing"))


def test_files_folders_and_links_go_and_what_links_point_to_stays(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    (outside / "inner").mkdir(parents=True)
    (outside / "file").write_text("stays")
    (folder / "a" / "b").mkdir(parents=True)
    (folder / "a" / "file").write_text("goes")
    (folder / "a" / "link").symlink_to(outside)
    (folder / "link").symlink_to(outside / "file")
    os.mkfifo(folder / "fifo")
    assert remove(str(folder))
    assert not folder.exists()
    assert (outside / "file").read_text() == "stays"
    assert (outside / "inner").is_dir()


@pytest.mark.slow
def test_folders_nested_beyond_the_recursion_limit_and_the_longest_path_go(folder: Path) -> None:
    fd = os.open(folder, os.O_RDONLY)
    for _ in range(5_000):
        os.mkdir("d" * 20, dir_fd=fd)
        inner = os.open("d" * 20, os.O_RDONLY, dir_fd=fd)
        os.close(fd)
        fd = inner
    os.close(fd)
    assert remove(str(folder))


def test_folders_that_may_not_be_listed_or_written_go(folder: Path) -> None:
    for mode in (0o000, 0o300, 0o500):
        inner = folder / f"{mode:o}" / "inner"
        inner.mkdir(parents=True)
        (inner / "file").write_text("goes")
        inner.chmod(mode)
        inner.parent.chmod(mode)
    folder.chmod(0)
    assert remove(str(folder))


def test_a_large_folder_is_given_up_for_now_and_removed_later(folder: Path) -> None:
    (folder / "inner").mkdir()
    for number in range(100):
        (folder / "inner" / str(number)).touch()
    assert not remove(str(folder), most=50)
    assert folder.exists()
    assert remove(str(folder))


def test_a_link_in_the_folders_place_is_left_alone(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "file").write_text("stays")
    link = tmp_path / "link"
    link.symlink_to(outside)
    outside.chmod(0o755)
    assert not remove(str(link))
    assert outside.stat().st_mode & 0o777 == 0o755
    assert (outside / "file").exists()

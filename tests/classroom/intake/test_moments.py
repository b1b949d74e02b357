"""When work came: what platforms, clones and nobody say of it, and who says it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from patience import ends_at_last

from grader.classroom.intake import clones, folders
from grader.classroom.intake.roster import Roster, opened
from grader.classroom.moments import Moment
from grader.exercises.course import Course

EX13 = "ex13_sin_gradient"
WORK = "def sin_x2y(x, y): ...\n"
METADATA = """
submission_1:
  :created_at: 2026-11-20 10:11:12.123456000 Z
  :submitters:
  - :name: Ada Lovelace
    :sid: '1'
submission_2:
  :created_at: 2026-11-20 10:11:12 +0100
  :submitters:
  - :name: Bob
  - :name: Cem
submission_3:
  :created_at: soon
  :submitters:
  - :name: Dora
"""


def moments(course: Course, root: Path) -> dict[str, Moment | None]:
    with opened(root) as items:
        return {pupil.name: pupil.moments.get(EX13) for pupil in Roster(items, course.exercises()).pupils()}


def lay(root: Path, *paths: str) -> Path:
    for name in paths:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(WORK)
    return root


def test_gradescopes_metadata_says_when(course: Course, tmp_path: Path) -> None:
    root = lay(tmp_path / "export", *(f"submission_{number}/{EX13}.py" for number in (1, 2, 3)))
    (root / "submission_metadata.yml").write_text(METADATA)
    metadata = "Gradescope's metadata"
    assert moments(course, root) == {
        "Ada Lovelace": Moment(at="2026-11-20T10:11:12+00:00", source=metadata),
        "Bob": Moment(at="2026-11-20T10:11:12+01:00", source=metadata),
        "Cem": Moment(at="2026-11-20T10:11:12+01:00", source=metadata),
        "Dora": None,
    }


@pytest.mark.parametrize(
    ("name", "moment"),
    [
        (f"lovelaceada_LATE_12345_67890_{EX13}.py", Moment(late=True, source="Canvas")),
        (f"lovelaceada_12345_67890_{EX13}.py", None),
        (f"Ada Lovelace_12345_assignsubmission_file_{EX13}.py", None),
        (f"Homework 3_ada01_attempt_2026-11-20-10-11-12_{EX13}.py",
         Moment(at="2026-11-20T10:11:12", source="Blackboard")),
        (f"12345-67890 - Ada - Nov 20, 2026 911 PM - {EX13}.py",
         Moment(at="2026-11-20T21:11:00", source="Brightspace")),
        (f"ada_{EX13}.py", None),
    ],
)  # fmt: skip
def test_names_of_files_say_what_they_say_and_no_more(
    course: Course, tmp_path: Path, name: str, moment: Moment | None
) -> None:
    assert list(moments(course, lay(tmp_path / "class", name)).values()) == [moment]


def committed(folder: Path, at: str, *settings: str) -> None:
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b", "-C", str(folder)]
    subprocess.run([*git, "init", "-q"], check=True)
    for setting in settings:
        subprocess.run([*git, "config", *setting.split("=", 1)], check=True)
    subprocess.run([*git, "add", "."], check=True)
    environment = {**os.environ, "GIT_COMMITTER_DATE": at}
    subprocess.run([*git, "commit", "-qm", "work", "--no-gpg-sign"], check=True, env=environment)


def test_a_clone_says_when_the_file_itself_was_committed(course: Course, tmp_path: Path) -> None:
    root = lay(tmp_path / "class", f"ex13-ada/{EX13}.py", f"ex13-bob/{EX13}.py")
    committed(root / "ex13-ada", "2026-11-20T10:00:00Z")
    (root / "ex13-ada" / "README.md").write_text("a robot's")
    committed(root / "ex13-ada", "2026-12-24T10:00:00Z")
    committed(root / "ex13-bob", "2026-11-21T10:00:00+02:00")
    assert moments(course, root) == {
        "ada": Moment(at="2026-11-20T10:00:00+00:00", source=clones.SOURCE),
        "bob": Moment(at="2026-11-21T08:00:00+00:00", source=clones.SOURCE),
    }


def test_a_repository_runs_nothing_here_and_holds_nobody_up(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, ran = lay(tmp_path / "class", f"ex13-ada/{EX13}.py", f"ex13-bob/{EX13}.py"), tmp_path / "ran"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {ran}\n")
    program.chmod(0o755)
    names = ("core.fsmonitor", "core.pager", "gpg.program", "diff.external", "core.sshCommand", "pager.log")
    settings = [f"{name}={program}" for name in names] + ["log.showSignature=true"]
    committed(root / "ex13-ada", "2026-11-20T10:00:00Z")
    for setting in settings:
        subprocess.run(["git", "-C", str(root / "ex13-ada"), "config", *setting.split("=", 1)], check=True)
    committed(root / "ex13-bob", "2026-11-20T10:00:00Z")
    head = root / "ex13-bob" / ".git" / "HEAD"
    head.unlink()
    os.mkfifo(head)
    monkeypatch.setattr(clones, "_SECONDS", 1)
    with ends_at_last():
        found = moments(course, root)
    assert found == {"ada": Moment(at="2026-11-20T10:00:00+00:00", source=clones.SOURCE), "bob": None}
    assert not ran.exists()


def test_a_link_in_the_place_of_a_repository_is_not_followed(course: Course, tmp_path: Path) -> None:
    root = lay(tmp_path / "class", f"ex13-ada/{EX13}.py", f"ex13-bob/{EX13}.py")
    committed(root / "ex13-ada", "2026-11-20T10:00:00Z")
    (root / "ex13-bob" / ".git").symlink_to(root / "ex13-ada" / ".git")
    assert moments(course, root)["bob"] is None
    assert [item.parts for item in folders.walk(root)]

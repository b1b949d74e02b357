"""What the board remembers: it survives interruptions, damage and folders that cannot be written to."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader.results import CheckResult, Isolation, Report, Status, Submission
from grader.submissions import progress
from grader.submissions.progress import LastResult


def report(exercise: str = "ex01", status: Status = Status.PASSED, earned: float = 2.0) -> Report:
    check = CheckResult(id="a", title="a", points=2.0, earned=earned, status=status)
    return Report(
        exercise=exercise, title="T", submission=Submission(name="s.py", sha256="ab", size=1), device="cpu",
        isolation=Isolation(level="full"), versions={}, seed=1, checks=(check,), earned=earned, points=2.0,
    )  # fmt: skip


def file_of(root: Path) -> Path:
    return root / ".grade" / "progress.json"


def test_nothing_is_remembered_at_first(tmp_path: Path) -> None:
    assert progress.load(tmp_path) == {}


def test_a_result_is_remembered(tmp_path: Path) -> None:
    progress.remember(tmp_path, report(), Path("ex.py"))
    assert progress.load(tmp_path) == {
        "ex01": LastResult(sha256="ab", earned=2.0, points=2.0, passed=True, path="ex.py", open=())
    }


def test_the_last_result_replaces_the_one_before_and_leaves_the_others(tmp_path: Path) -> None:
    progress.remember(tmp_path, report("ex01"), Path("ex.py"))
    progress.remember(tmp_path, report("ex02"), Path("ex.py"))
    progress.remember(tmp_path, report("ex01", Status.FAILED, 0.0), Path("ex.py"))
    found = progress.load(tmp_path)
    assert (found["ex01"].passed, found["ex02"].passed) == (False, True)


def test_our_fault_is_not_remembered(tmp_path: Path) -> None:
    progress.remember(tmp_path, report(), Path("ex.py"))
    progress.remember(tmp_path, report(status=Status.GRADER_ERROR, earned=0.0), Path("ex.py"))
    assert progress.load(tmp_path)["ex01"].passed


@pytest.mark.parametrize(
    "content",
    [b"", b'{"ex01": {"sha2', b"\xff\xfe\x00", b"[]", b'{"ex01": 5}', b"null", b"[" * 100_000],
    ids=["empty", "half written", "no text", "a list", "no entry", "null", "deep"],
)
def test_a_damaged_file_is_no_memory_and_is_written_anew(tmp_path: Path, content: bytes) -> None:
    progress.remember(tmp_path, report("ex02"), Path("ex.py"))
    file_of(tmp_path).write_bytes(content)
    assert progress.load(tmp_path) == {}
    progress.remember(tmp_path, report("ex01"), Path("ex.py"))
    assert set(progress.load(tmp_path)) == {"ex01"}


def test_a_half_written_draft_beside_it_harms_nothing(tmp_path: Path) -> None:
    progress.remember(tmp_path, report("ex01"), Path("ex.py"))
    before = file_of(tmp_path).read_bytes()
    (tmp_path / ".grade" / f"progress.{os.getpid()}.tmp").write_bytes(before[: len(before) // 2])
    (tmp_path / ".grade" / "progress.1.tmp").write_bytes(b"{")
    assert set(progress.load(tmp_path)) == {"ex01"}
    progress.remember(tmp_path, report("ex02"), Path("ex.py"))
    assert set(progress.load(tmp_path)) == {"ex01", "ex02"}


def test_the_file_is_replaced_whole_and_never_written_into(tmp_path: Path) -> None:
    progress.remember(tmp_path, report("ex01"), Path("ex.py"))
    os.link(file_of(tmp_path), tmp_path / "kept")
    before = (tmp_path / "kept").read_bytes()
    progress.remember(tmp_path, report("ex02"), Path("ex.py"))
    assert (tmp_path / "kept").read_bytes() == before
    assert os.listdir(tmp_path / ".grade") == ["progress.json"]


def test_a_folder_that_cannot_be_written_to_is_no_error(tmp_path: Path) -> None:
    (tmp_path / ".grade").write_text("a file where the folder should be")
    progress.remember(tmp_path, report(), Path("ex.py"))
    assert progress.load(tmp_path) == {}
    progress.remember(tmp_path / "absent" / "folder", report(), Path("ex.py"))

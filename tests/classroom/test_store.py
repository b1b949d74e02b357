"""What was written is there whatever happens next; what has not changed is known again."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from conftest import ROOT, work_of
from stores import EXERCISES, graded, register

from grader.classroom.database import FILE
from grader.classroom.intake.pupil import Pupil
from grader.classroom.record import Identity
from grader.classroom.store import GradeStore
from grader.errors import UsageError
from grader.results import Status
from grader.submissions.work import of_bytes


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GradeStore]:
    with closing(GradeStore(tmp_path / "results")) as made:
        yield made


def attempts(store: GradeStore) -> dict[tuple[str, str], int]:
    return {(handed.student, handed.exercise): handed.attempt for handed in store.handed_in()}


def test_what_was_handed_in_comes_back(store: GradeStore) -> None:
    register(store, {"ada": {"ex01": "a = 1"}, "Bob": {}})
    assert [student.name for student in store.students()] == ["ada", "Bob"]
    assert [exercise.id for exercise in store.exercises()] == ["ex01"]
    (handed,) = store.handed_in()
    assert store.work(handed) == work_of("a = 1", "ex01.py")
    assert store.unread() == ["x"]
    assert store.meta("title") == "T"


def test_a_notebook_comes_back_cell_by_cell(store: GradeStore) -> None:
    cells = ["x = 1", "s = '\\ud800'", "%matplotlib inline"]
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    file = {
        "cells": [{**cell, "source": source} for source in cells],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 4,
    }
    text = json.dumps(file).replace("\\\\ud800", "\\ud800")  # half a character, as JSON can hold it
    work = of_bytes("ex01.ipynb", text.encode())
    store.register([Pupil("ada", {"ex01": work})], EXERCISES, [], {})
    (handed,) = store.handed_in()
    found = store.work(handed)
    assert found == work
    assert found.notebook is not None
    assert found.notebook.cells == tuple(cells)


def test_other_work_is_another_attempt_and_the_same_work_is_not(store: GradeStore) -> None:
    for source, attempt in (("a = 1", 1), ("a = 1", 1), ("a = 2", 2), ("a = 3", 3), ("a = 1", 1)):
        register(store, {"ada": {"ex01": source}})
        assert attempts(store) == {("ada", "ex01"): attempt}
        (handed,) = store.handed_in()
        assert store.work(handed).source == source.encode()


def test_a_run_for_one_exercise_leaves_the_others_alone(store: GradeStore) -> None:
    register(store, {"ada": {"ex01": "a", "ex02": "b"}})
    register(store, {"ada": {"ex01": "c"}}, 0)
    assert attempts(store) == {("ada", "ex01"): 2, ("ada", "ex02"): 1}
    register(store, {"ada": {"ex01": "c"}})
    assert attempts(store) == {("ada", "ex01"): 2}


def test_a_student_who_is_gone_keeps_what_was_graded(store: GradeStore) -> None:
    register(store, {"ada": {"ex01": "a"}, "bob": {"ex01": "b"}})
    for handed in store.handed_in():
        store.record(graded(handed, store), "key")
    register(store, {"bob": {"ex01": "b"}})
    assert {student.name: student.present for student in store.students()} == {"ada": False, "bob": True}
    assert {verdict.handed.student for verdict in store.verdicts()} == {"ada", "bob"}
    assert attempts(store) == {("bob", "ex01"): 1}


def test_a_verdict_stands_unless_it_was_our_fault(store: GradeStore) -> None:
    register(store, {"ada": {"ex01": "a"}, "bob": {"ex01": "b"}})
    ada, bob = store.handed_in()
    store.record(graded(ada, store), "k1")
    store.record(graded(bob, store, Status.GRADER_ERROR), "k2")
    assert store.finished() == {("ada", "ex01", 1): "k1"}
    store.record(graded(bob, store), "k3")
    assert store.finished() == {("ada", "ex01", 1): "k1", ("bob", "ex01", 1): "k3"}
    store.forget([ada])
    assert store.finished() == {("bob", "ex01", 1): "k3"}
    store.forget_everything()
    assert store.students() == []
    assert store.finished() == {}


def test_a_verdict_that_cannot_be_read_is_reached_again(store: GradeStore) -> None:
    register(store, {"ada": {"ex01": "a"}})
    (handed,) = store.handed_in()
    store.record(graded(handed, store), "k")
    store._db.execute("UPDATE verdict SET report = x'00'")
    assert store.finished() == {}
    assert list(store.verdicts()) == []


# --- what happens to the file ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("damage", ["text", "zeros", "cut", "another database"])
def test_a_damaged_database_is_kept_and_said(tmp_path: Path, damage: str) -> None:
    with closing(GradeStore(tmp_path)) as store:
        register(store, {f"s{i}": {"ex01": f"a = {i}\n" * 50} for i in range(40)})
        for handed in store.handed_in():
            store.record(graded(handed, store), "k")
    path = tmp_path / FILE
    data = path.read_bytes()
    if damage == "another database":
        import sqlite3

        path.unlink()
        with closing(sqlite3.connect(path)) as db:
            db.execute("CREATE TABLE mine (a)")
            db.commit()
    else:
        half = len(data) // 2
        path.write_bytes(
            {"text": b"no database", "zeros": data[:half] + bytes(8192) + data[half + 8192 :]}.get(damage, data[:half])
        )
    damaged = path.read_bytes()
    for number in (1, 2):
        with closing(GradeStore(tmp_path)) as store:
            assert store.set_aside == (tmp_path / f"{FILE}.damaged-1" if number == 1 else None)
            assert (tmp_path / f"{FILE}.damaged-1").read_bytes() == damaged
            register(store, {"ada": {}})
            assert [student.name for student in store.students()] == ["ada"]


def test_reading_a_damaged_database_moves_nothing(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no database at all" * 100)
    with pytest.raises(UsageError, match="is damaged"):
        GradeStore(tmp_path, write=False)
    assert os.listdir(tmp_path) == [FILE]


def test_one_run_at_a_time_writes(tmp_path: Path) -> None:
    with closing(GradeStore(tmp_path)) as first:
        register(first, {"ada": {}})
        with pytest.raises(UsageError, match="Another grade class is writing"):
            GradeStore(tmp_path)
        with closing(GradeStore(tmp_path, write=False)) as reader:
            assert [student.name for student in reader.students()] == ["ada"]
    GradeStore(tmp_path).close()


def test_what_is_no_results_folder_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"There is no grades\.db"):
        GradeStore(tmp_path, write=False)
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot be written to"):
        GradeStore(tmp_path / "file")
    (tmp_path / FILE).mkdir()
    with pytest.raises(UsageError, match="cannot be opened"):
        GradeStore(tmp_path)


def test_a_database_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    with closing(GradeStore(tmp_path)) as store:
        store._db.execute("UPDATE meta SET value = '99'")
    with pytest.raises(UsageError, match="another version of grade"):
        GradeStore(tmp_path)
    assert sorted(os.listdir(tmp_path)) == [".lock", FILE]


WRITER = """
import sys
sys.path[:0] = sys.argv[2:]
from pathlib import Path
from stores import GradeStore, graded, register
store = GradeStore(Path(sys.argv[1]))
register(store, {f"s{i:04}": {"ex01": f"a = {i}"} for i in range(3000)})
finished = store.finished()
for handed in store.handed_in():
    if (handed.student, "ex01", 1) not in finished:
        store.record(graded(handed, store), "k")
        print(handed.student, flush=True)
"""


@pytest.mark.slow
def test_a_kill_at_any_moment_loses_and_repeats_nothing(tmp_path: Path) -> None:
    said: list[str] = []
    for seconds in (0.2, 0.05, 0.3):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path), str(ROOT / "tests"), str(ROOT / "tests" / "shared")],
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout is not None
            first = process.stdout.readline()
            time.sleep(seconds)
            process.send_signal(signal.SIGKILL)
            lines = (first + process.stdout.read()).splitlines(keepends=True)
        new = [line.strip() for line in lines if line.endswith("\n")]
        assert new
        assert not set(new) & set(said)
        said += new
        with closing(GradeStore(tmp_path)) as store:
            assert store.set_aside is None
            written = {student for student, _, _ in store.finished()}
        assert set(said) <= written
        assert len(written) <= len(said) + 3  # those that were written but not yet said, one a kill
        said = sorted(written)


def test_a_database_from_before_ids_and_sketches_is_read_and_learns_them(tmp_path: Path) -> None:
    with closing(GradeStore(tmp_path)) as store:
        register(store, {"ada": {"ex01": "a = 1"}})
        (handed,) = store.handed_in()
        store.record(graded(handed, store), "key")
    with closing(sqlite3.connect(tmp_path / FILE)) as db:
        db.executescript("DROP TABLE enrolment; DROP TABLE sketch;")
    with closing(GradeStore(tmp_path, write=False)) as store:
        assert [student.enrolment.identity.id for student in store.students()] == [""]
        assert [likeness.sketch for _, likeness in store.likenesses("ex01")] == [frozenset()]
    with closing(GradeStore(tmp_path)) as store:
        pupil = Pupil("ada", {"ex01": of_bytes("ex01.py", b"a = 1\n" * 9)}, late=("ex01",), identity=Identity(id="5"))
        store.register([pupil], EXERCISES, [], {})
        (student,) = store.students()
        (handed,) = store.handed_in()
        store.record(graded(handed, store), "key")
        assert (student.enrolment.identity.id, student.enrolment.late) == ("5", ("ex01",))
        assert any(likeness.sketch for _, likeness in store.likenesses("ex01"))

"""Arrays in files, at every isolation level: handed over without a copy, for reading only; fresh workers; progress."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from patience import AT_LAST_S, ends_at_last

from grader.checks.array_files import write
from grader.checks.evidence import ArrayFile, blob_of, decode, encode, files_of
from grader.errors import CheckFailed, OurFault, WorkerTimeout
from grader.sandbox import wire
from grader.sandbox.forked import ZygoteSandbox
from grader.sandbox.host import PROGRESS_CAP, Sandbox, Worker
from grader.sandbox.limits import FULL, Limits

READER = b"""
import os, time
import numpy as np
import torch

def total(X): return float(X.sum())
def facts(X): return [type(X).__name__, str(X.dtype), list(X.shape), bool(X.flags.writeable)]
def spoil(X):
    X[:] = -1
    return float(X.sum())
def tensor(X): return float(torch.from_numpy(X).sum())
def descriptors(*_): return sorted(int(name) for name in os.listdir("/proc/self/fd"))
def reopen(X):
    opened = []
    for line in open("/proc/self/maps"):
        if "grade-" in line:
            for name in os.listdir("/proc/self/fd"):
                for mode in (os.O_RDWR, os.O_WRONLY):
                    try:
                        if "grade-" in os.readlink(f"/proc/self/fd/{name}"):
                            os.close(os.open(f"/proc/self/fd/{name}", mode))
                            opened.append(name)
                    except OSError:
                        pass
    return opened
def scribble(*arrays):
    failed = 0
    for fd in range(4, 64):
        try:
            os.write(fd, b"x" * 8)
        except OSError:
            failed += 1
        try:
            os.ftruncate(fd, 0)
        except OSError:
            failed += 1
    return failed
def count(epochs, seconds):
    history = {"loss": []}
    for epoch in range(epochs):
        history["loss"].append(1.0 / (epoch + 1))
        time.sleep(seconds)
    return len(history["loss"])
def product(n):
    a = torch.ones(n, n)
    return torch.get_num_threads(), float((a @ a)[0, 0])
def flood():
    import socket, struct
    line = socket.socket(fileno=os.dup(3))
    import msgspec
    header = msgspec.msgpack.encode({"type": "progress", "length": 1, "numbers": {}})
    while True:
        line.sendall(struct.pack(">II", len(header), 0) + header)
"""
ROWS = np.arange(6_000.0).reshape(1_000, 6)


@pytest.fixture
def worker(any_sandbox: Sandbox) -> Iterator[Worker]:
    """A worker that has loaded READER."""
    started = ready(any_sandbox)
    yield started
    any_sandbox.stop_worker(started)


def ready(sandbox: Sandbox, threads: int = 1) -> Worker:
    started = sandbox.start_worker(Limits(memory_mb=2048, processes=32))
    reply, _ = started.ask(wire.Load(name="reader.py", source=READER, seed=1, threads=threads), b"", AT_LAST_S, "load")
    assert reply == wire.Done(None)
    return started


def ask(worker: Worker, name: str, *args: Any, seconds: float = AT_LAST_S, **more: Any) -> Any:
    enclosures: dict[str, Any] = {}
    request = wire.Call(path=[name], args=[encode(arg, enclosures) for arg in args], watch=more.pop("watch", ""))
    files = files_of(enclosures)
    reply, blob = worker.ask(request, blob_of(enclosures), seconds, name, files=files, **more)
    assert isinstance(reply, wire.Done), reply
    return decode(reply.value, blob)


def test_an_array_in_a_file_arrives_as_numpys_own(worker: Worker) -> None:
    file = write("X", [ROWS[:400], ROWS[400:]])
    assert ask(worker, "facts", file) == ["ndarray", "float64", [1_000, 6], True]
    assert ask(worker, "total", file) == ROWS.sum()
    assert ask(worker, "tensor", file) == ROWS.sum()


def test_several_files_and_small_tensors_travel_with_one_question(worker: Worker) -> None:
    labels = np.arange(1_000, dtype="int32")
    assert ask(worker, "facts", write("y", [labels])) == ["ndarray", "int32", [1_000], True]
    reply = ask(worker, "descriptors", write("X", [ROWS]), np.ones(3, "float32"), write("y", [labels]))
    assert reply


def test_a_worker_that_writes_into_its_array_changes_its_own_copy_only(worker: Worker) -> None:
    file = write("X", [ROWS])
    assert ask(worker, "spoil", file) == -6_000
    assert ask(worker, "total", file) == ROWS.sum()


def test_no_descriptor_is_left_behind_on_either_side(worker: Worker) -> None:
    before, ours = ask(worker, "descriptors"), len(os.listdir("/proc/self/fd"))
    for _ in range(3):
        file = write("X", [ROWS])
        assert ask(worker, "total", file) == ROWS.sum()
        del file
    assert ask(worker, "descriptors") == before
    assert len(os.listdir("/proc/self/fd")) == ours


def test_the_file_can_neither_be_opened_for_writing_nor_written(jailed_sandbox: Sandbox) -> None:
    worker = ready(jailed_sandbox)
    file = write("X", [ROWS])
    assert ask(worker, "reopen", file) == []
    ask(worker, "scribble", file, file)
    jailed_sandbox.stop_worker(worker)
    assert os.pread(file.fd, 48, 0) == ROWS.tobytes()[:48]
    assert os.fstat(file.fd).st_size == ROWS.nbytes
    assert os.fstat(file.fd).st_nlink == 0, "it has no name that anybody could open"


def test_reading_a_file_costs_a_worker_no_memory_of_its_own(sandboxes: Callable[[str], Sandbox]) -> None:
    sandbox = sandboxes(FULL)  # elsewhere the zygote cannot look at its workers
    inner = sandbox.inner  # type: ignore[attr-defined]
    assert isinstance(inner, ZygoteSandbox)
    worker = ready(sandbox)
    file = write("X", (np.ones((10_000, 54)) for _ in range(10)))  # 43 MB
    ask(worker, "total", write("small", [np.ones((10, 54))]))
    before = inner.private_kb(worker)
    assert ask(worker, "total", file) == 5_400_000
    after = inner.private_kb(worker)
    sandbox.stop_worker(worker)
    assert after - before < 8_000


def test_a_full_disk_is_our_fault_and_says_where(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.NamedTemporaryFile", full)
    with pytest.raises(OurFault, match=r"X_train could not be written .*No space left"):
        write("X_train", [ROWS])


def test_a_reply_cannot_pretend_to_be_a_file() -> None:
    with pytest.raises(wire.WireError, match="only the grader sends"):
        decode(wire.FileValue(0, "float64", [3]), b"")


def test_what_is_left_of_an_array_file_is_closed() -> None:
    file: ArrayFile = write("X", [ROWS])
    fd = file.fd
    del file
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(fd)


def test_a_watched_call_tells_how_its_history_grows(worker: Worker) -> None:
    seen: list[wire.Progress] = []
    assert ask(worker, "count", 25, 0.1, watch="history", onlooker=seen.append) == 25
    lengths = [progress.length for progress in seen]
    assert len(lengths) >= 1
    assert lengths == sorted(lengths)
    assert 1 <= lengths[-1] <= 25
    assert seen[-1].numbers["loss"] == pytest.approx(1 / lengths[-1])


def test_a_call_that_is_not_watched_tells_nothing(worker: Worker) -> None:
    seen: list[wire.Progress] = []
    assert ask(worker, "count", 12, 0.1, onlooker=seen.append) == 12
    assert seen == []


def test_progress_without_end_ends_at_the_deadline_or_the_cap(any_sandbox: Sandbox) -> None:
    worker = ready(any_sandbox)
    seen: list[wire.Progress] = []
    with ends_at_last():
        with pytest.raises((CheckFailed, WorkerTimeout)):
            ask(worker, "flood", seconds=3.0, onlooker=seen.append)
        any_sandbox.stop_worker(worker)
    assert len(seen) <= PROGRESS_CAP


def test_a_worker_may_compute_with_two_threads(any_sandbox: Sandbox) -> None:
    worker = ready(any_sandbox, threads=2)
    threads, corner = ask(worker, "product", 512)
    any_sandbox.stop_worker(worker)
    assert threads == min(2, os.cpu_count() or 1)
    assert corner == 512


def test_nothing_of_a_file_is_left_in_the_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    file = write("X", [ROWS])
    assert list(tmp_path.iterdir()) == []
    assert os.fstat(file.fd).st_size == ROWS.nbytes

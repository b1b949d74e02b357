"""What other programs of this machine keep, and no path leads to, is out of a submission's reach."""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import socket
import struct
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import Grade
from patience import AT_LAST_S, until
from processes import descendants

from grader.sandbox import wire
from grader.sandbox.forked import ZygoteSandbox
from grader.sandbox.host import Sandbox
from grader.sandbox.inside.jail.confine import plain_uid
from grader.sandbox.limits import FULL, NO_NAMESPACES, Limits

pytestmark = pytest.mark.skipif(not Path("/proc/sysvipc").exists(), reason="no System V IPC here")
MAIL = b"for the neighbour"
SETVAL, GETVAL, IPC_RMID, NOWAIT, ANYBODY = 16, 12, 0, 0o4000, 0o666


@pytest.fixture
def libc() -> ctypes.CDLL:
    """The C library; POSIX queues lie in a library of their own in old ones."""
    c = ctypes.CDLL(None, use_errno=True)
    return c if hasattr(c, "mq_open") else ctypes.CDLL(ctypes.util.find_library("rt"), use_errno=True)


@pytest.fixture
def neighbours(libc: ctypes.CDLL) -> Iterator[dict[str, object]]:
    """A message queue with mail, a semaphore and a POSIX queue, which the worker's uid may use as it likes."""
    queue, semaphore = libc.msgget(0, ANYBODY), libc.semget(0, 1, ANYBODY)
    libc.msgsnd(queue, struct.pack("l", 1) + MAIL, len(MAIL), NOWAIT)
    libc.semctl(semaphore, 0, SETVAL, 3)
    name = f"/decoy-{os.getpid()}"
    posix = libc.mq_open(name.encode(), os.O_CREAT | os.O_RDWR, ANYBODY, None)
    assert min(queue, semaphore, posix) >= 0
    os.fchown(posix, *plain_uid())
    try:
        yield {"queue": queue, "semaphore": semaphore, "name": name}
    finally:
        libc.msgctl(queue, IPC_RMID, None)
        libc.semctl(semaphore, 0, IPC_RMID)
        libc.mq_close(posix)
        libc.mq_unlink(name.encode())


MEDDLES = """
import ctypes, os
libc = ctypes.CDLL(None)
libc = libc if hasattr(libc, "mq_open") else ctypes.CDLL("librt.so.1")
libc.semctl({semaphore}, 0, 16, 7)
mail = ctypes.create_string_buffer(100)
libc.msgrcv({queue}, mail, 90, 0, 0o4000)
libc.msgctl({queue}, 0, None)
libc.semctl({semaphore}, 0, 0)
libc.mq_unlink({name!r}.encode())
libc.shmctl(0, 1 << 20, None)
print(mail.raw)
"""


@pytest.mark.slow
def test_queues_and_semaphores_of_other_programs_stay_as_they_are(
    grade_source: Grade, jailed_sandbox: Sandbox, libc: ctypes.CDLL, neighbours: dict[str, object]
) -> None:
    report = grade_source("ex13", MEDDLES.format(**neighbours), sandbox=jailed_sandbox)
    assert report.earned == 0
    assert MAIL.decode() not in report.output
    assert libc.semctl(neighbours["semaphore"], 0, GETVAL, 0) == 3
    mail = ctypes.create_string_buffer(8 + len(MAIL))
    assert libc.msgrcv(neighbours["queue"], mail, len(MAIL), 0, NOWAIT) == len(MAIL)
    assert mail.raw.endswith(MAIL)
    again = libc.mq_open(str(neighbours["name"]).encode(), os.O_RDWR)
    assert again >= 0, "still there"
    libc.mq_close(again)


WATCHES = """
import ctypes
libc = ctypes.CDLL(None)
print([libc.inotify_add_watch(libc.inotify_init1(0), path, 0xFFF) for path in (b"/tmp", b"/", {decoy!r}, b".")])
"""


def test_nobody_is_watched_at_opening_files(grade_source: Grade, jailed_sandbox: Sandbox, tmp_path: Path) -> None:
    report = grade_source("ex13", WATCHES.format(decoy=os.fsencode(tmp_path)), sandbox=jailed_sandbox)
    assert report.output.splitlines() == ["[-1, -1, -1, -1]"]


LOOKS = """
import os

def tried(action):
    try:
        action()
        return "yes"
    except OSError:
        return "no"

other = int({pid})
print(
    tried(lambda: open("/proc/self/mountinfo").read()),
    tried(lambda: os.stat({decoy!r})),
    tried(lambda: open({decoy!r}).read()),
    tried(lambda: os.listdir({folder!r})),
    tried(lambda: open(f"/proc/{{other}}/cmdline").read()),
    tried(lambda: os.readlink(f"/proc/{{other}}/exe")),
    tried(lambda: os.stat(f"/proc/{{other}}")),
)
"""


@pytest.mark.parametrize(
    ("level", "learned"), [(FULL, "yes no no no no no no"), (NO_NAMESPACES, "yes yes no no no no yes")]
)
def test_what_docs_security_says_can_be_learned(
    grade_source: Grade, sandboxes: Callable[[str], Sandbox], tmp_path: Path, level: str, learned: str
) -> None:
    decoy = tmp_path / "there.txt"
    decoy.write_text("secret")
    source = LOOKS.format(pid=os.getpid(), decoy=str(decoy), folder=str(tmp_path))
    report = grade_source("ex13", source, sandbox=sandboxes(level))
    assert report.output.split() == learned.split()


STAYS = b"""
import ctypes, os, signal, time
libc = ctypes.CDLL(None)
for _ in range(3):
    if os.fork() == 0:
        break
libc.prctl(1, 0, 0, 0, 0)  # not to be told when the parent dies
for number in range(1, 32):
    try:
        signal.signal(number, signal.SIG_IGN)
    except OSError:
        pass
open("left behind", "w").close()
if os.getpid() != os.getsid(0):
    time.sleep(60)
"""


@pytest.mark.slow
def test_what_a_worker_has_started_ends_with_a_grader_that_was_killed(sandboxes: Callable[[str], Sandbox]) -> None:
    sandboxes(NO_NAMESPACES)  # or skipped, where the machine lacks it
    before = descendants()
    made = ZygoteSandbox(NO_NAMESPACES)
    try:
        made.wait_ready()
        worker = made.start_worker(Limits())
        worker.ask(wire.Load(name="a.py", source=STAYS, seed=0), b"", AT_LAST_S, "importing a.py")
        family = descendants() - before
        assert len(family) == 5, "the zygote, the worker and its three children"
        made._control.shutdown(socket.SHUT_RDWR)  # as when the grader is no more
        assert until(lambda: not any(map(_runs, family)))
        assert until(lambda: not os.path.exists(made.folder))
        worker.close()
    finally:
        made.close()


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0] != "Z"
    except OSError:
        return False

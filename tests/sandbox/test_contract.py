"""What every sandbox promises, at every isolation level that this machine has."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from patience import AT_LAST_S, ends_at_last
from processes import descendants

from grader.checks.evidence import decode
from grader.errors import CheckFailed, WorkerCrashed, WorkerTimeout
from grader.sandbox import wire
from grader.sandbox.host import OUTPUT_CAP, Sandbox, Worker
from grader.sandbox.inside.jail import confine
from grader.sandbox.limits import FULL, Limits

ECHO = b"""
import os, sys, time, torch

def echo(x): return x
def pid(): return os.getpid()
def where(): return os.getcwd(), os.listdir(".")
def environment(): return dict(os.environ)
def shout(n):
    for _ in range(n): print("x" * 1023)
    return n
def stdin(): return sys.stdin.read()
def fail(): raise ValueError("no")
def leave(): sys.exit(0)
def vanish(code): os._exit(code)
def crash():
    import ctypes
    ctypes.string_at(0)
def hang():
    while True: pass
def deaf():
    import signal
    for number in range(1, 65):
        try: signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError): pass
    hang()
def write(size):
    with open("big", "wb") as file: file.write(b"x" * size)
    return os.path.getsize("big")
def hoard(gigabytes):
    return len(bytearray(gigabytes << 30))
def child():
    pid = os.fork()
    if pid == 0:
        time.sleep(600)
        os._exit(0)
    return pid
def descriptors(): return sorted(int(name) for name in os.listdir("/proc/self/fd"))
def huge(): return torch.zeros(1).expand(10**12)
def tensor(): return torch.arange(6.0).reshape(2, 3)
def random(): return torch.rand(3), __import__("random").random(), __import__("numpy").random.rand()
"""


@pytest.fixture
def worker(any_sandbox: Sandbox) -> Iterator[Worker]:
    """A worker that has loaded ECHO."""
    yield from loaded(any_sandbox)


@pytest.fixture
def jailed(jailed_sandbox: Sandbox) -> Iterator[Worker]:
    """The same, where student code is confined."""
    yield from loaded(jailed_sandbox)


def loaded(sandbox: Sandbox, limits: Limits | None = None) -> Iterator[Worker]:
    started = sandbox.start_worker(limits or Limits())
    load(started)
    yield started
    sandbox.stop_worker(started)


def load(worker: Worker, seed: int = 1) -> None:
    reply, _ = worker.ask(wire.Load(name="echo.py", source=ECHO, seed=seed), b"", AT_LAST_S, "load")
    assert reply == wire.Done(None)


def ask(worker: Worker, name: str, *args: wire.Value, seconds: float = AT_LAST_S) -> object:
    reply, blob = worker.ask(wire.Call(path=[name], args=list(args)), b"", seconds, name)
    assert isinstance(reply, wire.Done), reply
    return decode(reply.value, blob)


def test_an_answer_comes_back(worker: Worker) -> None:
    assert ask(worker, "echo", 3.5) == 3.5
    assert ask(worker, "echo", wire.TupleValue([1, "a", None, True])) == (1, "a", None, True)


def test_a_tensor_comes_back_with_shape_and_dtype(worker: Worker) -> None:
    tensor = ask(worker, "tensor")
    assert (tensor.shape, tensor.dtype) == ((2, 3), "float32")  # type: ignore[attr-defined]


def test_an_exception_comes_back_with_its_place(worker: Worker) -> None:
    reply, _ = worker.ask(wire.Call(path=["fail"]), b"", AT_LAST_S, "fail")
    assert isinstance(reply, wire.Raised)
    assert (reply.type_name, reply.message) == ("ValueError", "no")
    assert (reply.frames[-1].function, reply.frames[-1].source) == ("fail", 'def fail(): raise ValueError("no")')


def test_what_a_probe_defines_has_a_source(any_sandbox: Sandbox) -> None:
    probes = b"import inspect\ndef own_source():\n    return inspect.getsource(own_source)\n"
    started = any_sandbox.start_worker(Limits())
    started.ask(wire.Load(name="echo.py", source=b"", seed=1, probes=probes), b"", AT_LAST_S, "load")
    reply, _ = started.ask(wire.Call(path=["own_source"], probe=True), b"", AT_LAST_S, "own_source")
    any_sandbox.stop_worker(started)
    assert reply == wire.Done(probes.decode().split("\n", 1)[1])


def test_exit_in_a_call_is_an_exception_and_the_worker_lives_on(worker: Worker) -> None:
    reply, _ = worker.ask(wire.Call(path=["leave"]), b"", AT_LAST_S, "leave")
    assert isinstance(reply, wire.Raised)
    assert reply.type_name == "SystemExit"
    assert ask(worker, "echo", 1) == 1


def test_the_worker_starts_in_an_empty_folder_of_its_own(worker: Worker) -> None:
    folder, names = ask(worker, "where")  # type: ignore[misc]
    assert names == ["echo.py"]
    assert Path(folder) != Path.cwd()


def test_nothing_of_the_graders_environment_is_inherited(
    any_sandbox: Sandbox, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = ask(worker, "environment")
    assert isinstance(environment, dict)
    assert environment["USER"] == "student"
    assert set(environment) & {"SSH_AUTH_SOCK", "GRADE_SECRET", "PYTEST_CURRENT_TEST", "VIRTUAL_ENV"} == set()


def test_standard_input_is_empty(worker: Worker) -> None:
    assert ask(worker, "stdin") == ""


def test_printing_is_captured_and_a_flood_is_cut_and_never_blocks(worker: Worker) -> None:
    assert ask(worker, "shout", 4096) == 4096
    text = worker.text()
    assert OUTPUT_CAP <= len(text) < OUTPUT_CAP + 100
    assert "more bytes" in text


def test_only_the_four_descriptors_that_it_needs_are_open(jailed: Worker) -> None:
    found = ask(jailed, "descriptors")
    assert isinstance(found, list)
    assert set(found) <= {0, 1, 2, 3, 4}  # 4 is the listing itself


def test_a_death_is_a_crash_with_its_cause(any_sandbox: Sandbox, worker: Worker) -> None:
    with pytest.raises(WorkerCrashed):
        ask(worker, "vanish", 7)


@pytest.mark.parametrize(("name", "words"), [("vanish", "exit code 0"), ("crash", "SIGSEGV")])
def test_the_cause_of_death_is_told(any_sandbox: Sandbox, name: str, words: str) -> None:
    worker = any_sandbox.start_worker(Limits())
    load(worker)
    with pytest.raises(WorkerCrashed):
        ask(worker, name, *([0] if name == "vanish" else []))
    assert words in any_sandbox.stop_worker(worker)


def test_a_worker_that_was_alive_has_no_cause_of_death(any_sandbox: Sandbox) -> None:
    worker = any_sandbox.start_worker(Limits())
    assert any_sandbox.stop_worker(worker) == ""


@pytest.mark.parametrize("name", ["hang", "deaf"])
def test_an_endless_loop_ends_at_the_deadline_even_if_it_ignores_signals(any_sandbox: Sandbox, name: str) -> None:
    worker = any_sandbox.start_worker(Limits())
    load(worker)
    with ends_at_last():
        with pytest.raises(WorkerTimeout):
            ask(worker, name, seconds=0.5)
        any_sandbox.stop_worker(worker)


def test_children_die_with_their_worker(jailed_sandbox: Sandbox) -> None:
    before = len(descendants())
    worker = jailed_sandbox.start_worker(Limits())
    load(worker)
    ask(worker, "child")
    assert len(descendants()) == before + 2
    jailed_sandbox.stop_worker(worker)
    assert len(descendants()) == before


def test_a_file_may_not_outgrow_the_disk_limit(any_sandbox: Sandbox) -> None:
    worker = any_sandbox.start_worker(Limits(disk_mb=8))
    load(worker)
    assert ask(worker, "write", 1 << 20) == 1 << 20
    reply, _ = worker.ask(wire.Call(path=["write"], args=[64 << 20]), b"", AT_LAST_S, "write")
    assert isinstance(reply, wire.Raised)
    assert "OSError" in reply.bases
    any_sandbox.stop_worker(worker)


def test_too_much_memory_is_a_memory_error(any_sandbox: Sandbox) -> None:
    worker = any_sandbox.start_worker(Limits(memory_mb=512))
    load(worker)
    reply, _ = worker.ask(wire.Call(path=["hoard"], args=[100]), b"", AT_LAST_S, "hoard")
    assert isinstance(reply, wire.Raised)
    assert reply.type_name == "MemoryError"
    assert ask(worker, "echo", 1) == 1
    any_sandbox.stop_worker(worker)


def test_a_terabyte_view_is_refused_without_being_made(worker: Worker) -> None:
    reply, _ = worker.ask(wire.Call(path=["huge"]), b"", AT_LAST_S, "huge")
    assert isinstance(reply, wire.Untransferable)


def test_the_same_seed_gives_the_same_random_numbers_and_another_gives_others(any_sandbox: Sandbox) -> None:
    def draw(seed: int) -> str:
        worker = any_sandbox.start_worker(Limits())
        load(worker, seed)
        first, *others = ask(worker, "random")  # type: ignore[misc]
        any_sandbox.stop_worker(worker)
        return str((first.array.tolist(), others))

    assert draw(5) == draw(5) != draw(6)


def test_workers_do_not_share_a_folder(any_sandbox: Sandbox) -> None:
    first, second = (any_sandbox.start_worker(Limits()) for _ in range(2))
    for worker in (first, second):
        load(worker)
    ask(first, "write", 10)
    assert ask(second, "where")[1] == ["echo.py"]  # type: ignore[index]
    for worker in (first, second):
        any_sandbox.stop_worker(worker)


def test_the_private_folder_is_gone_afterwards(any_sandbox: Sandbox) -> None:
    worker = any_sandbox.start_worker(Limits())
    load(worker)
    folder, _ = ask(worker, "where")  # type: ignore[misc]
    any_sandbox.stop_worker(worker)
    assert not (Path(folder) / "echo.py").exists()


def test_the_layers_in_force_are_named(any_sandbox: Sandbox, worker: Worker) -> None:
    assert "resource limits" in worker.layers
    assert ("seccomp" in worker.layers) == (any_sandbox.level != "basic")


# --- what a confined worker cannot do ---------------------------------------------------------------------------------

FORBIDDEN = b'''
import ctypes, os, socket, signal, subprocess

libc = ctypes.CDLL(None, use_errno=True)

def attempt(name, *args):
    """"" if the attempt was refused, else what it got."""
    try:
        return str(globals()[name](*args))
    except (OSError, PermissionError) as error:
        return ""

def read(path): return open(path, "rb").read(1)
def listing(path): return os.listdir(path)
def create(path): return open(path, "w")
def delete(path): return os.unlink(path)
def change(path): return os.chmod(path, 0o777)
def internet(): return socket.socket(socket.AF_INET)
def internet6(): return socket.socket(socket.AF_INET6)
def netlink(): return socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)
def run(): return subprocess.run(["/bin/sh", "-c", "true"])
def signal_to(pid): return os.kill(pid, signal.SIGTERM)
def session():
    pid = os.fork()
    if pid == 0:
        try: os.setsid()
        except OSError: os._exit(1)
        os._exit(0)
    if os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]): raise OSError
    return "left"
def raw(number, *args):
    result = libc.syscall(ctypes.c_long(number), *map(ctypes.c_long, args))
    if result < 0: raise OSError(ctypes.get_errno(), "refused")
    return result
def bomb():
    pids = []
    try:
        for _ in range(5000):
            pid = os.fork()
            if pid == 0:
                signal.pause()
            pids.append(pid)
    except OSError:
        return len(pids)
    return len(pids)
'''

X86_64 = os.uname().machine == "x86_64"


@pytest.fixture
def prisoner(jailed_sandbox: Sandbox) -> Iterator[Callable[..., object]]:
    """Ask a confined worker to try what is forbidden."""
    worker = jailed_sandbox.start_worker(Limits())
    reply, _ = worker.ask(wire.Load(name="forbidden.py", source=FORBIDDEN, seed=1), b"", AT_LAST_S, "load")
    assert reply == wire.Done(None)
    yield lambda name, *args: ask(worker, name, *args)
    jailed_sandbox.stop_worker(worker)


@pytest.mark.parametrize(
    "path", ["/etc/shadow", "/etc/hostname", "/root", "/home", str(Path(__file__)), "/proc/1/environ", "/proc/1/mem"]
)
def test_a_prisoner_reads_nothing_of_the_machine(prisoner: Callable[..., object], path: str) -> None:
    if path.startswith("/proc/1/") and prisoner("attempt", "raw", 39) == "1":
        pytest.skip("in a pid namespace of its own, process 1 is the worker itself")
    assert prisoner("attempt", "read", path) == ""
    assert prisoner("attempt", "listing", path) == ""


def test_a_prisoner_writes_nowhere_but_in_its_folder(prisoner: Callable[..., object], tmp_path: Path) -> None:
    for folder in ("/", "/dev", "/usr", "/var/tmp", os.path.dirname(os.__file__), str(tmp_path)):
        assert prisoner("attempt", "create", f"{folder}/x") == ""
    assert prisoner("attempt", "create", "x") != ""


def test_a_prisoner_deletes_and_changes_nothing_of_others(prisoner: Callable[..., object], tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    victim.chmod(0o666)
    tmp_path.chmod(0o777)
    prisoner("attempt", "delete", str(victim))
    assert victim.read_text() == "mine"


@pytest.mark.parametrize("what", ["internet", "internet6", "netlink", "run", "session"])
def test_a_prisoner_reaches_no_network_no_programs_and_no_session_of_its_own(
    prisoner: Callable[..., object], what: str
) -> None:
    assert prisoner("attempt", what) == ""


def test_a_prisoner_signals_nobody_outside(prisoner: Callable[..., object]) -> None:
    for pid in {os.getpid(), os.getppid()} - {1}:  # 1 is somebody else in a pid namespace: itself
        assert prisoner("attempt", "signal_to", pid) == ""


@pytest.mark.skipif(not X86_64, reason="system call numbers of x86-64")
@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("ptrace", 101), ("memfd_create", 319), ("io_uring_setup", 425), ("keyctl", 250), ("userfaultfd", 323),
        ("process_vm_readv", 310), ("mount", 165), ("unshare", 272), ("bpf", 321), ("perf_event_open", 298),
        ("setns", 308), ("shmget", 29), ("clone3", 435), ("execve", 59), ("mknod", 133), ("chroot", 161),
    ],
)  # fmt: skip
def test_a_prisoner_is_refused_the_system_call(prisoner: Callable[..., object], name: str, number: int) -> None:
    assert prisoner("attempt", "raw", number, 0, 0, 0, 0) == ""


def test_a_fork_bomb_stays_small_and_dies(jailed_sandbox: Sandbox) -> None:
    before = len(descendants())
    # Without a user namespace the kernel counts a user's tasks together: as some end, there is room for others.
    neighbours = 0 if jailed_sandbox.level == FULL else confine.tasks_of(confine.plain_uid()[0])
    worker = jailed_sandbox.start_worker(Limits(processes=20))
    if "root without capabilities" in worker.layers:
        jailed_sandbox.stop_worker(worker)
        pytest.skip("the kernel does not count the processes of a root that cannot become a plain uid")
    worker.ask(wire.Load(name="forbidden.py", source=FORBIDDEN, seed=1), b"", AT_LAST_S, "load")
    count = ask(worker, "bomb")
    assert isinstance(count, int)
    assert 0 < count <= 20 + neighbours
    jailed_sandbox.stop_worker(worker)
    assert len(descendants()) == before


# --- replies that are not replies ---------------------------------------------------------------------------------

FORGER = b"""
import os, socket
def speak(data): os.write(3, data)
def repeat(data, times):
    for _ in range(times): os.write(3, data)
"""


@pytest.mark.parametrize(
    "data",
    [
        b"\xff" * 64,
        b"\xff\xff\xff\xff\x00\x00\x00\x00",
        b"\x00\x00\x00\x01\xff\xff\xff\xff",
        b"\x00\x00\x00\x01\x00\x00\x00\x00\xc1",
        b"\x00\x00\x00\x08\x00\x00\x00\x00\x82\xa4type\xa4do",
        b"\x00\x00\x03\xe8\x00\x00\x00\x00" + b"\x91" * 1000,
        b"PASSED PASSED PASSED",
    ],
)
def test_a_forged_reply_is_a_failed_check_or_a_crash_and_never_an_exception(
    jailed_sandbox: Sandbox, data: bytes
) -> None:
    worker = jailed_sandbox.start_worker(Limits())
    worker.ask(wire.Load(name="forger.py", source=FORGER, seed=1), b"", AT_LAST_S, "load")
    with pytest.raises((CheckFailed, WorkerTimeout)):
        worker.ask(wire.Call(path=["speak"], args=[wire.BytesValue(data)]), b"", 1, "speak")
    jailed_sandbox.stop_worker(worker)

"""Trusted side: starts the zygote, hands out workers, asks them questions under a deadline, and kills them.

Nothing that a worker sends can raise here, except as a StudentFault: silence is a WorkerTimeout, death a WorkerCrashed,
nonsense a CheckFailed. Only a sandbox that cannot be had is our fault.
"""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

import msgspec

from grader.errors import CheckFailed, IsolationUnavailable, SandboxUnavailable, WorkerCrashed, WorkerTimeout
from grader.sandbox import wire
from grader.sandbox.limits import BASIC, Limits

OUTPUT_CAP: Final = 1 << 20
"""Bytes of stdout and stderr kept; the rest is read and dropped, so that printing never blocks."""
START_TIMEOUT_S: Final = 120.0
"""A zygote imports torch: seconds on a laptop, more from a cold disk."""
WORKER_START_TIMEOUT_S: Final = 30.0
_DYING_TIMEOUT_S: Final = 10.0
_THREADS = dict.fromkeys(("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")


@dataclass
class Worker:
    """One confined process and the line to it."""

    line: socket.socket
    output_fd: int
    pid: int
    layers: tuple[str, ...] = ()
    output: bytearray = field(default_factory=bytearray)
    dropped: int = 0

    def ask(self, request: wire.Request, blob: bytes, seconds: float, question: str) -> tuple[wire.Reply, bytes]:
        """Send one request and wait for its reply.

        Args:
            request: what to do.
            blob: its tensors, as safetensors.
            seconds: how long to wait for the whole reply.
            question: the request in the student's words, for messages.

        Raises:
            WorkerTimeout: no complete reply in time.
            WorkerCrashed: the worker is gone; the cause is filled in by whoever reaps it.
            CheckFailed: the reply is not one.
        """
        deadline = time.monotonic() + seconds
        try:
            self._send(wire.frame(request, blob), deadline)
            header_size, blob_size = wire.sizes(self._receive(wire.PREFIX.size, deadline))
            header = self._receive(header_size, deadline)
            answer_blob = self._receive(blob_size, deadline)
            wire.check_blob(answer_blob)
            return wire.decode_reply(header), answer_blob
        except TimeoutError:
            raise WorkerTimeout(seconds, question) from None
        except (EOFError, ConnectionError, BrokenPipeError):
            raise WorkerCrashed("", question) from None
        except wire.WireError as error:
            raise CheckFailed(f"{question} did not give an answer that the grader can read: {error}.") from None
        finally:
            self._drain()

    def receive_ready(self, seconds: float) -> wire.Reply:
        """The worker's first message: Ready or Refused. Raises like `ask`."""
        deadline = time.monotonic() + seconds
        header_size, blob_size = wire.sizes(self._receive(wire.PREFIX.size, deadline))
        header = self._receive(header_size + blob_size, deadline)
        return wire.decode_reply(header)

    def text(self) -> str:
        """What the student's code has printed so far, cut at the cap."""
        text = self.output.decode("utf-8", "replace")
        return text + f"\n… and {self.dropped:,} more bytes" if self.dropped else text

    def close(self) -> None:
        """Let go of the line and the output; the process is killed elsewhere."""
        self._drain()
        self.line.close()
        os.close(self.output_fd)

    def _send(self, data: bytes, deadline: float) -> None:
        view = memoryview(data)
        while view:
            self._wait(select.POLLOUT, deadline)
            with contextlib.suppress(BlockingIOError):
                view = view[self.line.send(view[: 1 << 20]) :]

    def _receive(self, size: int, deadline: float) -> bytes:
        data = bytearray()
        while len(data) < size:
            self._wait(select.POLLIN, deadline)
            try:
                part = self.line.recv(min(size - len(data), 1 << 20))
            except BlockingIOError:
                continue
            if not part:
                raise EOFError
            data += part
        return bytes(data)

    def _wait(self, event: int, deadline: float) -> None:
        """Until the line is ready, reading away what is printed meanwhile."""
        poll = select.poll()
        poll.register(self.line, event)
        poll.register(self.output_fd, select.POLLIN)
        while True:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            ready = dict(poll.poll(left * 1000))
            if (printed := ready.get(self.output_fd)) and not self._read_output() and not printed & select.POLLIN:
                poll.unregister(self.output_fd)  # the student closed it
            if ready.get(self.line.fileno()):
                return

    def _read_output(self) -> bool:
        try:
            data = os.read(self.output_fd, 1 << 16)
        except BlockingIOError:
            return False
        room = OUTPUT_CAP - len(self.output)
        self.output += data[:room]
        self.dropped += max(0, len(data) - room)
        return bool(data)

    def _drain(self) -> None:
        for _ in range(64):  # a flood is not waited for
            with contextlib.suppress(OSError):
                if self._read_output():
                    continue
            return


class Sandbox(Protocol):
    """A source of confined workers, at one level of isolation."""

    @property
    def level(self) -> str:
        """full, no-namespaces or basic."""

    @property
    def versions(self) -> dict[str, str]:
        """Versions of what student code meets, known once a worker has started."""

    @property
    def accelerator(self) -> str:
        """The accelerator that torch sees inside: "cuda", "mps" or ""; known once a worker has started."""

    def start_worker(self, limits: Limits) -> Worker:
        """A fresh confined worker.

        Raises:
            SandboxUnavailable: if none could be started.
        """

    def stop_worker(self, worker: Worker) -> str:
        """Kill the worker and everything it started; why it had died, as a clause, or "" if it was alive."""

    def close(self) -> None:
        """Kill everything."""


class ZygoteSandbox:
    """Workers forked from a warm zygote: levels `full` and `no-namespaces`. Linux only.

    Construction returns at once; the zygote warms up in the background until the first worker is asked for.
    """

    def __init__(self, level: str, *, warm: tuple[str, ...] = (), cuda: bool = False, many: bool = False) -> None:
        self.level = level
        self.versions: dict[str, str] = {}
        self.accelerator = ""
        self._ready = False
        self._lock = threading.Lock()
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        setup = {"level": level, "warm": ["torch", *warm], "cuda": cuda, "many": many}
        environment = {"LANG": "C.UTF-8", "HOME": "/tmp", "USER": "student", "LOGNAME": "student", **_THREADS}
        environment["PYTORCH_NVML_BASED_CUDA_CHECK"] = "1"  # asking for a GPU must not initialise CUDA before a fork
        if "LD_LIBRARY_PATH" in os.environ:
            environment["LD_LIBRARY_PATH"] = os.environ["LD_LIBRARY_PATH"]
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-B", "-m", "grader.sandbox.zygote", str(theirs.fileno()), _json(setup)],
                pass_fds=[theirs.fileno()],
                env=environment,
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                start_new_session=True,  # a Ctrl-C at the keyboard is the grader's to handle
            )

    def wait_ready(self) -> None:
        """Until the zygote is warm.

        Raises:
            IsolationUnavailable: if this machine refuses the level; the message names the step.
            SandboxUnavailable: if the zygote died or did not answer.
        """
        if self._ready:
            return
        message = self._listen(START_TIMEOUT_S)
        if "refused" in message:
            self.close()
            raise IsolationUnavailable(f"{message['refused']}")
        self.versions, self.accelerator, self._ready = message["versions"], message["accelerator"], True

    def start_worker(self, limits: Limits) -> Worker:
        """See `Sandbox`."""
        line, theirs = socket.socketpair()
        read_fd, write_fd = os.pipe()
        try:
            pid = self._spawn(limits, theirs.fileno(), write_fd)
        except BaseException:
            line.close()
            os.close(read_fd)
            raise
        finally:
            theirs.close()
            os.close(write_fd)
        return self._until_ready(adopt(line, read_fd, pid))

    def stop_worker(self, worker: Worker) -> str:
        """See `Sandbox`."""
        with self._lock:
            try:
                request = {"op": "kill", "pid": worker.pid, "dying": _hung_up(worker.line)}
                self._control.sendall(_json(request).encode())
                status = self._listen(_DYING_TIMEOUT_S)["status"]
                cause = "" if status is None else cause_of_death(os.waitstatus_to_exitcode(status))
            except (OSError, SandboxUnavailable):
                cause = "the sandbox itself went down"
        worker.close()
        return cause

    @property
    def pid(self) -> int:
        """The zygote's process, or the process it lives under; everything it runs descends from it."""
        return self._process.pid

    def private_kb(self, worker: Worker) -> int:
        """Private memory of a worker, kB."""
        with self._lock:
            self._control.sendall(_json({"op": "rss", "pid": worker.pid}).encode())
            return int(self._listen(_DYING_TIMEOUT_S)["private_kb"])

    def close(self) -> None:
        """See `Sandbox`. The namespaces' pid 1 takes everything with it."""
        self._control.close()
        with contextlib.suppress(OSError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        if self._process.stderr:
            self._process.stderr.close()

    def _spawn(self, limits: Limits, line_fd: int, output_fd: int) -> int:
        request = _json({"op": "spawn", "limits": msgspec.structs.asdict(limits)}).encode()
        with self._lock:
            self.wait_ready()
            try:
                socket.send_fds(self._control, [request], [line_fd, output_fd])
            except OSError as error:
                raise SandboxUnavailable(f"The zygote is gone ({error}).") from None
            answer = self._listen(WORKER_START_TIMEOUT_S)
        if "refused" in answer:
            raise SandboxUnavailable(f"The zygote could not start a worker: {answer['refused']}.")
        return int(answer["pid"])

    def _until_ready(self, worker: Worker) -> Worker:
        try:
            reply = worker.receive_ready(WORKER_START_TIMEOUT_S)
        except (TimeoutError, EOFError, OSError, wire.WireError) as error:
            reply = wire.Refused(f"it did not come up ({type(error).__name__})")
        if not isinstance(reply, wire.Ready):
            self.stop_worker(worker)
            reason = reply.reason if isinstance(reply, wire.Refused) else "it spoke out of turn"
            raise SandboxUnavailable(f"A worker could not be confined: {reason}.")
        worker.layers = tuple(reply.layers)
        return worker

    def _listen(self, seconds: float) -> dict[str, Any]:
        self._control.settimeout(seconds)
        try:
            data = self._control.recv(1 << 16)
        except OSError:
            data = b""
        if not data:
            raise SandboxUnavailable(f"The sandbox's zygote stopped: {self._last_words()}")
        return msgspec.json.decode(data, type=dict[str, Any])

    def _last_words(self) -> str:
        with contextlib.suppress(OSError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        words = (self._process.stderr.read() if self._process.stderr else b"").decode("utf-8", "replace").strip()
        return words.splitlines()[-1] if words else "it gave no reason."


class BasicSandbox:
    """A freshly spawned process per worker, with rlimits only: for systems without Linux's confinement."""

    level = BASIC

    def __init__(self) -> None:
        self.versions: dict[str, str] = {}
        self.accelerator = ""
        self._processes: dict[int, subprocess.Popen[bytes]] = {}
        self._homes: dict[int, str] = {}

    def start_worker(self, limits: Limits) -> Worker:
        """See `Sandbox`."""
        home = tempfile.mkdtemp(prefix="grade-")
        line, theirs = socket.socketpair()
        read_fd, write_fd = os.pipe()
        with theirs:
            process = subprocess.Popen(
                [sys.executable, "-I", "-B", "-m", "grader.sandbox.spawned", str(theirs.fileno()), _json(limits), home],
                pass_fds=[theirs.fileno()],
                env={"LANG": "C.UTF-8", "PYTORCH_NVML_BASED_CUDA_CHECK": "1", **_THREADS},
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=write_fd,
                stderr=write_fd,
                start_new_session=True,
            )
        os.close(write_fd)
        self._processes[process.pid] = process
        self._homes[process.pid] = home
        worker = adopt(line, read_fd, process.pid)
        try:
            reply = worker.receive_ready(START_TIMEOUT_S)
        except (TimeoutError, EOFError, OSError, wire.WireError):
            reply = wire.Refused(worker.text().strip().splitlines()[-1] if worker.output else "no reason given")
        if not isinstance(reply, wire.Ready):
            self.stop_worker(worker)
            raise SandboxUnavailable(f"A worker could not be started: {getattr(reply, 'reason', 'it spoke nonsense')}")
        *layers, versions, self.accelerator = reply.layers
        self.versions = msgspec.json.decode(versions, type=dict[str, str])
        worker.layers = tuple(layers)
        return worker

    def stop_worker(self, worker: Worker) -> str:
        """See `Sandbox`."""
        process = self._processes.pop(worker.pid)
        died_before = process.poll() is not None
        if not died_before:
            with contextlib.suppress(subprocess.TimeoutExpired):
                # Only a worker that has hung up is about to die by itself; it gets a moment to say how.
                process.wait(0.2 if _hung_up(worker.line) else 0)
                died_before = True
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
        code = process.wait()
        worker.close()
        shutil.rmtree(self._homes.pop(worker.pid), ignore_errors=True)
        return cause_of_death(code) if died_before else ""

    def close(self) -> None:
        """See `Sandbox`."""
        for process in self._processes.values():
            with contextlib.suppress(OSError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        for home in self._homes.values():
            shutil.rmtree(home, ignore_errors=True)


def adopt(line: socket.socket, output_fd: int, pid: int) -> Worker:
    """A Worker around its ends, made non-blocking."""
    line.setblocking(False)
    os.set_blocking(output_fd, False)
    return Worker(line, output_fd, pid)


def cause_of_death(code: int) -> str:
    """Why a process ended, as a clause a student understands. `code` is negative for a signal."""
    if code >= 0:
        return f"it ended the Python process (exit code {code}); a submission must not call exit functions"
    match -code:
        case signal.SIGSEGV | signal.SIGBUS | signal.SIGILL | signal.SIGFPE | signal.SIGABRT:
            return f"the Python process crashed ({signal.Signals(-code).name}), as after endless recursion in C code"
        case signal.SIGXCPU:
            return "it used up its processor time"
        case signal.SIGKILL:
            return "it was killed, as happens when memory or processor time runs out"
        case number:
            return f"the Python process was ended by signal {number}"


def _hung_up(line: socket.socket) -> bool:
    try:
        return line.recv(1, socket.MSG_PEEK) == b""
    except OSError:
        return False


def _json(thing: Any) -> str:
    return msgspec.json.encode(thing).decode()

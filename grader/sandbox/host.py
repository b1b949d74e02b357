"""Trusted side: what a sandbox is, and the conversation with one worker: questions, deadlines, captured output.

Nothing that a worker sends can raise here, except as a StudentFault: silence is a WorkerTimeout, death a WorkerCrashed,
nonsense a CheckFailed. Only a sandbox that cannot be had is our fault.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

import msgspec

from grader.errors import CheckFailed, WorkerCrashed, WorkerTimeout
from grader.sandbox import wire
from grader.sandbox.limits import Limits

OUTPUT_CAP: Final = 1 << 20
"""Bytes of stdout and stderr kept; the rest is read and dropped, so that printing never blocks."""
PROGRESS_CAP: Final = 20_000
"""Reports of progress before an answer: one a second for hours."""
NOTICED_CAP: Final = 20
"""Notices kept of a worker."""
_ONE_PIECE: Final = 1 << 16
"""Bytes asked of the line at least, so that a short answer takes one call."""
START_TIMEOUT_S: Final = 120.0
"""A fresh process imports torch: seconds on a laptop, more from a cold disk."""
ONE_THREAD: Final = {
    **dict.fromkeys(("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"),
    "GOMP_SPINCOUNT": "1000",
}
"""Environment under which torch starts no threads, which a fork would lose.

Threads that a worker starts later look out for work for a few microseconds before they sleep. If they slept at once,
training with two threads would take 1.5 times as long; if they looked out for longer, two trainings on two cores would
take three times as long as they need.
"""


@dataclass
class Worker:
    """One confined process and the line to it."""

    line: socket.socket
    output_fd: int
    pid: int
    owner: Sandbox
    """Where it was started: a number like `pid` means nothing to another zygote."""
    layers: tuple[str, ...] = ()
    output: bytearray = field(default_factory=bytearray)
    dropped: int = 0
    noticed: list[wire.Noticed] = field(default_factory=list)
    """What the student's code did that a person should look at."""
    _held: bytearray = field(default_factory=bytearray)
    """What has arrived and was not asked for yet."""
    _poll: select.poll = field(init=False)

    def __post_init__(self) -> None:
        self._poll = select.poll()
        self._poll.register(self.output_fd, select.POLLIN)

    def ask(
        self,
        request: wire.Request,
        blob: bytes,
        seconds: float,
        question: str,
        *,
        files: Sequence[int] = (),
        onlooker: Callable[[wire.Progress], None] | None = None,
    ) -> tuple[wire.Reply, bytes]:
        """Send one request and wait for its reply.

        Args:
            request: what to do.
            blob: its tensors, as safetensors.
            seconds: how long to wait for the whole reply.
            question: the request in the student's words, for messages.
            files: descriptors that the request's FileValues refer to; they stay the caller's to close.
            onlooker: is told of the progress that a watched call reports.

        Raises:
            WorkerTimeout: no complete reply in time.
            WorkerCrashed: the worker is gone; the cause is filled in by whoever reaps it.
            CheckFailed: the reply is not one.
        """
        deadline = time.monotonic() + seconds
        try:
            self._send(wire.frame(request, blob), deadline, files)
            for _ in range(PROGRESS_CAP):
                header_size, blob_size = wire.sizes(self._receive(wire.PREFIX.size, deadline))
                rest = self._receive(header_size + blob_size, deadline)
                header, answer_blob = rest[:header_size], rest[header_size:]
                wire.check_blob(answer_blob)
                reply = wire.decode_reply(header)
                if isinstance(reply, wire.Noticed):
                    if len(self.noticed) < NOTICED_CAP:
                        self.noticed.append(reply)
                    continue
                if not isinstance(reply, wire.Progress):
                    return reply, answer_blob
                if onlooker is not None:
                    onlooker(reply)
            raise wire.WireError("it reports progress without end")
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

    def _send(self, data: bytes, deadline: float, files: Sequence[int]) -> None:
        view = memoryview(data)
        while view:
            try:
                if files:  # they travel with the frame's first bytes
                    view = view[socket.send_fds(self.line, [view[: wire.PREFIX.size]], files) :]
                    files = ()
                    continue
                view = view[self.line.send(view[: 1 << 20]) :]
            except BlockingIOError:
                self._wait(select.POLLOUT, deadline)

    def _receive(self, size: int, deadline: float) -> bytes:
        """The next so many bytes. Whatever came with them is held for the next call: mostly an answer is one piece."""
        while len(self._held) < size:
            if not self._held:
                self._wait(select.POLLIN, deadline)
            try:
                part = self.line.recv(max(_ONE_PIECE, min(size - len(self._held), 1 << 20)))
            except BlockingIOError:
                self._wait(select.POLLIN, deadline)
                continue
            if not part:
                raise EOFError
            self._held += part
            if time.monotonic() > deadline:  # one that never lets the line run dry is not waited for either
                raise TimeoutError
        data = bytes(self._held[:size])
        del self._held[:size]
        return data

    def _wait(self, event: int, deadline: float) -> None:
        """Until the line is ready, reading away what is printed meanwhile."""
        self._poll.register(self.line, event)
        while True:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            ready = dict(self._poll.poll(left * 1000))
            if (printed := ready.get(self.output_fd)) and not self._read_output() and not printed & select.POLLIN:
                self._poll.unregister(self.output_fd)  # the student closed it
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

    def start_worker(self, limits: Limits, *, kernel: bool = False, warm: tuple[str, ...] = ()) -> Worker:
        """A fresh confined worker.

        Args:
            limits: what it may use.
            kernel: whether it executes a notebook's cells before it answers questions.
            warm: modules that it should find imported. The first worker that needs them waits for them, and so does
                whoever asks for a worker meanwhile.

        Raises:
            SandboxUnavailable: if none could be started.
        """

    def stop_worker(self, worker: Worker) -> str:
        """Kill the worker and everything it started; why it had died, as a clause, or "" if it was alive.

        Raises:
            SandboxUnavailable: if the sandbox had gone down, and the worker with it; the worker is closed all the same.
        """

    def cpu_s(self, worker: Worker) -> float:
        """Seconds of processor time that a worker's own process has used; infinite where that cannot be known.

        Raises:
            SandboxUnavailable: if the sandbox had gone down.
        """

    def close(self) -> None:
        """Kill everything."""


def adopt(line: socket.socket, output_fd: int, pid: int, owner: Sandbox) -> Worker:
    """A Worker around its ends, made non-blocking."""
    line.setblocking(False)
    os.set_blocking(output_fd, False)
    return Worker(line, output_fd, pid, owner)


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


def hung_up(line: socket.socket) -> bool:
    """Whether the worker has closed its end, as when it is about to end."""
    try:
        return line.recv(1, socket.MSG_PEEK) == b""
    except OSError:
        return False


def as_json(thing: Any) -> str:
    """One line of JSON, for an argument or a control message."""
    return msgspec.json.encode(thing).decode()

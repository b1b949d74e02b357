"""Trusted side of the reader: questions about a student's bytes go to a confined process, and plain facts come back.

Nothing of a student's is decoded, parsed or unpacked on this side, where deadlines are kept and neighbours wait.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from typing import Final

import msgspec

from grader.errors import GraderError, SandboxUnavailable
from grader.sandbox import facts
from grader.sandbox.host import START_TIMEOUT_S
from grader.sandbox.limits import BASIC, LEVELS

PATIENCE_S: Final = 60.0
"""For an answer. The kernel ends whoever computes for longer than `facts.CPU_S`: this is for a machine that is busy."""
_TRIES: Final = 3
"""One may meet a reader that is just dying, and the next one find it dead."""
ANSWER_CAPS: Final[dict[type, int]] = {
    facts.ReadFile: 2 << 20,
    facts.ReadNotebook: 8 << 20,
    facts.ReadCells: 8 << 20,
    facts.ReadTree: 4 << 20,
    facts.WithoutNames: 4 << 20,
    facts.ReadMetadata: 32 << 20,
    facts.ReadComment: 1 << 20,
    facts.ListArchive: 32 << 20,
    facts.Unpack: 33 << 20,
}
"""Bytes of an answer, by the kind of question: what is claimed to be longer is not received."""


class TooCostly(GraderError):
    """What was asked about takes more than its budget to read; the message is a clause that says of what."""


class Reader:
    """A confined process without torch, which forks one for each question. Threads may share it.

    It starts when it is first asked, or told to `begin`, and again if it has died.

    Args:
        level: one of `LEVELS`; None: the best that works here.
    """

    def __init__(self, level: str | None = None) -> None:
        best = LEVELS if sys.platform.startswith("linux") else (BASIC,)
        self._levels = list(best) if level is None else [level]
        self._lock = threading.RLock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._ready = False
        self.spent_s = 0.0
        """Processor time of all answers so far."""

    @property
    def level(self) -> str:
        """What confines it: of `LEVELS`."""
        self._wait_ready()
        return self._levels[0]

    def begin(self) -> None:
        """Start its process, and do not wait for it."""
        with self._lock:
            if self._process is None:
                self._start()

    def ask(self, question: facts.Question, file: int | None = None) -> facts.Answer:
        """The answer to a question; `file` is the descriptor of what it is about.

        Raises:
            TooCostly: if it takes more than its budget.
            SandboxUnavailable: if nobody answers: our fault.
        """
        with Conversation(self, file) as conversation:
            return conversation.ask(question)

    def close(self) -> None:
        """End it. Whoever asks later starts it anew."""
        with self._lock:
            if self._process is not None:
                self._end(self._process)

    # --- its process ------------------------------------------------------------------------------------------------

    def _start(self) -> None:
        control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        program = "grader.sandbox.inside.reader.serve"
        with theirs:
            # Started afresh, not forked: nothing of this process's memory, secrets and all, is to be in it.
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-B", "-m", program, str(theirs.fileno()), self._levels[0]],
                pass_fds=[theirs.fileno()],
                env={"LANG": "C.UTF-8", **{k: os.environ[k] for k in ("LD_LIBRARY_PATH",) if k in os.environ}},
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # a Ctrl-C at the keyboard is the grader's to handle
            )
        self._control, self._ready = control, False
        atexit.register(self.close)

    def _wait_ready(self) -> subprocess.Popen[bytes]:
        with self._lock:
            while True:
                if self._process is None:
                    self._start()
                assert self._process is not None
                assert self._control is not None
                if self._ready:
                    return self._process
                self._control.settimeout(START_TIMEOUT_S)
                try:
                    said = self._control.recv(1 << 16)
                    message = msgspec.json.decode(said, type=dict[str, str | bool]) if said else {}
                except OSError:
                    message = {}
                if "ready" in message:
                    self._control.settimeout(PATIENCE_S)
                    self._ready = True
                    return self._process
                self._end(self._process)
                if len(self._levels) == 1:
                    why = message.get("refused", "it ended at once")
                    raise SandboxUnavailable(f"The process that reads students' files cannot be started: {why}.")
                del self._levels[0]

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        """End this process, unless another one has taken its place already."""
        with self._lock:
            if self._process is not process:
                return
            with contextlib.suppress(OSError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            if self._control is not None:
                self._control.close()
            self._process = self._control = None
            self._ready = False
            atexit.unregister(self.close)

    def line_to_one(self, file: int | None) -> socket.socket:
        """A line to a process that answers, and has `file` open.

        Raises:
            OSError, EOFError: if the reader has ended.
            SandboxUnavailable: if it cannot be started.
        """
        process = self._wait_ready()
        line, theirs = socket.socketpair()
        try:
            with theirs, self._lock:
                if self._control is None:
                    raise EOFError("it has ended")
                socket.send_fds(self._control, [b"answer"], [theirs.fileno(), *([] if file is None else [file])])
        except OSError:
            line.close()
            self._end(process)
            raise
        return line


class Conversation:
    """Questions to one process of a reader, all about one open file, which it opens once. Used by one thread.

    Args:
        reader: whose.
        file: the descriptor of what the questions are about; it stays the caller's to close.
    """

    def __init__(self, reader: Reader, file: int | None) -> None:
        self._reader, self._file = reader, file
        self._line: socket.socket | None = None

    def __enter__(self) -> Conversation:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """The process ends."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def ask(self, question: facts.Question) -> facts.Answer:
        """The answer to a question. Raises like `Reader.ask`; whatever has ended is replaced for the next question."""
        why = ""
        for _ in range(_TRIES):
            try:
                if self._line is None:
                    self._line = self._reader.line_to_one(self._file)
                answered = _exchange(self._line, question)
            except (OSError, EOFError, ValueError) as error:
                why = f"{type(error).__name__}: {error}"
                self.close()
                continue
            self._reader.spent_s += answered.cpu_s
            if isinstance(answered.answer, facts.Ended):
                self.close()
                raise TooCostly(_why_ended(answered.answer.signal, facts.cpu_s(question)))
            return answered.answer
        raise SandboxUnavailable(f"The process that reads students' files gave no answer ({why}).")


def _exchange(line: socket.socket, question: facts.Question) -> facts.Answered:
    deadline = time.monotonic() + PATIENCE_S
    line.settimeout(PATIENCE_S)
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # it has ended; its parent says how
        line.sendall(facts.frame(question))
    (size,) = facts.LENGTH.unpack(_exactly(line, facts.LENGTH.size, deadline))
    if size > ANSWER_CAPS[type(question)]:
        raise ValueError("its answer is far too long")
    return facts.answer_of(_exactly(line, size, deadline))


HERE: Final = Reader()
"""The reader of this process."""


def _why_ended(number: int, cpu_s: float) -> str:
    if number == 0:
        return f"more than {facts.MEMORY_MB} MB of memory"
    if number in (signal.SIGPROF, signal.SIGXCPU):
        return f"more than {cpu_s:g} s of processor time"
    return f"more than Python's own parser can do: it broke off ({signal.Signals(number).name})"


def _exactly(line: socket.socket, size: int, deadline: float) -> bytearray:
    data = bytearray(size)
    view = memoryview(data)
    while view:
        line.settimeout(max(0.001, deadline - time.monotonic()))
        got = line.recv_into(view)
        if not got:
            raise EOFError("it has hung up")
        view = view[got:]
    return data

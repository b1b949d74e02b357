"""Trusted side: a freshly spawned process per worker, for the level `basic`. Any POSIX system."""

from __future__ import annotations

import contextlib
import math
import os
import signal
import socket
import subprocess
import sys
import tempfile

import msgspec

from grader.errors import SandboxUnavailable
from grader.sandbox import removal, wire
from grader.sandbox.host import ONE_THREAD, START_TIMEOUT_S, Worker, adopt, as_json, cause_of_death, hung_up
from grader.sandbox.limits import BASIC, Limits


class BasicSandbox:
    """A freshly spawned process per worker, with rlimits only: for systems without Linux's confinement."""

    level = BASIC

    def __init__(self) -> None:
        self.versions: dict[str, str] = {}
        self.accelerator = ""
        self._processes: dict[int, subprocess.Popen[bytes]] = {}
        self._homes: dict[int, str] = {}

    def start_worker(self, limits: Limits, *, kernel: bool = False, warm: tuple[str, ...] = ()) -> Worker:
        """See `Sandbox`. Here each worker imports these modules for itself, before any student code."""
        home = tempfile.mkdtemp(prefix="grade-")
        line, theirs = socket.socketpair()
        read_fd, write_fd = os.pipe()
        with theirs:
            process = subprocess.Popen(
                [
                    sys.executable,
                    "-I",
                    "-B",
                    "-m",
                    "grader.sandbox.inside.spawned",
                    str(theirs.fileno()),
                    as_json(limits),
                    home,
                    as_json(warm),
                    *(["kernel"] if kernel else []),
                ],
                pass_fds=[theirs.fileno()],
                env={"LANG": "C.UTF-8", "PYTORCH_NVML_BASED_CUDA_CHECK": "1", **ONE_THREAD},
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=write_fd,
                stderr=write_fd,
                start_new_session=True,
            )
        os.close(write_fd)
        self._processes[process.pid] = process
        self._homes[process.pid] = home
        worker = adopt(line, read_fd, process.pid, self)
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
                process.wait(0.2 if hung_up(worker.line) else 0)
                died_before = True
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
        code = process.wait()
        worker.close()
        removal.remove(self._homes.pop(worker.pid))
        return cause_of_death(code) if died_before else ""

    def cpu_s(self, worker: Worker) -> float:
        """See `Sandbox`: here nobody knows."""
        return math.inf

    def close(self) -> None:
        """See `Sandbox`."""
        for process in list(self._processes.values()):  # a grading that was called off may be ending one
            with contextlib.suppress(OSError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        for home in self._homes.values():
            removal.remove(home)

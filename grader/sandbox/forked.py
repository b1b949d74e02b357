"""Trusted side: workers forked from a warm zygote, for the levels `full` and `no-namespaces`. Linux only."""

from __future__ import annotations

import contextlib
import math
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from typing import Any, Final

import msgspec

from grader.errors import IsolationUnavailable, PackageUnfit, SandboxUnavailable
from grader.sandbox import removal, wire
from grader.sandbox.host import ONE_THREAD, START_TIMEOUT_S, Worker, adopt, as_json, cause_of_death, hung_up
from grader.sandbox.limits import Limits

WORKER_START_TIMEOUT_S: Final = 30.0
_DYING_TIMEOUT_S: Final = 60.0
"""For the kernel to take away what a worker has started: a hundredth of a second, but on a busy machine a long one."""


class ZygoteSandbox:
    """Workers forked from a warm zygote: levels `full` and `no-namespaces`. Linux only.

    Construction returns at once; the zygote warms up in the background until the first worker is asked for.
    """

    def __init__(
        self,
        level: str,
        *,
        warm: tuple[str, ...] = (),
        cuda: bool = False,
        kernels: bool = False,
        many: bool = False,
    ) -> None:
        self.level = level
        self.versions: dict[str, str] = {}
        self.accelerator = ""
        self.apart = True
        """Whether one worker's processes count against no other's limit; known once it is ready."""
        self._ready = False
        self._lock = threading.RLock()
        self._warm = set(warm)
        # Messages keep their borders, and descriptors stay with the message that they came with.
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.folder = tempfile.mkdtemp(prefix="grade-")
        setup: dict[str, Any] = {"folder": self.folder, "level": level, "warm": list(warm)}
        setup |= {"cuda": cuda, "kernels": kernels, "many": many}
        environment = {"LANG": "C.UTF-8", "HOME": "/tmp", "USER": "student", "LOGNAME": "student", **ONE_THREAD}
        environment["PYTORCH_NVML_BASED_CUDA_CHECK"] = "1"  # asking for a GPU must not initialise CUDA before a fork
        if "LD_LIBRARY_PATH" in os.environ:
            environment["LD_LIBRARY_PATH"] = os.environ["LD_LIBRARY_PATH"]
        with theirs:
            # Started afresh, not forked: nothing of this process's memory, secrets and all, is to be in it.
            self._process = subprocess.Popen(
                [
                    sys.executable,
                    "-I",
                    "-B",
                    "-m",
                    "grader.sandbox.inside.zygote",
                    str(theirs.fileno()),
                    as_json(setup),
                ],
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
        self.versions, self.accelerator, self.apart = message["versions"], message["accelerator"], message["apart"]
        self._warm -= set(message["unfit"])
        self._ready = True

    def start_worker(self, limits: Limits, *, kernel: bool = False, warm: tuple[str, ...] = ()) -> Worker:
        """See `Sandbox`."""
        self._warm_up(warm)
        line, theirs = socket.socketpair()
        read_fd, write_fd = os.pipe()
        try:
            pid = self._spawn(limits, kernel, theirs.fileno(), write_fd)
        except BaseException:
            line.close()
            os.close(read_fd)
            raise
        finally:
            theirs.close()
            os.close(write_fd)
        return self._until_ready(adopt(line, read_fd, pid, self))

    def stop_worker(self, worker: Worker) -> str:
        """See `Sandbox`."""
        request = {"op": "kill", "pid": worker.pid, "dying": hung_up(worker.line)}
        try:
            with self._lock:
                self._control.sendall(as_json(request).encode())
                status = self._listen(_DYING_TIMEOUT_S)["status"]
        except OSError as error:
            raise SandboxUnavailable(f"The zygote is gone ({error}).") from None
        finally:
            worker.close()
        return "" if status is None else cause_of_death(os.waitstatus_to_exitcode(status))

    @property
    def alive(self) -> bool:
        """Whether the zygote runs; where it does not, none of its workers does."""
        return self._process.poll() is None

    @property
    def pid(self) -> int:
        """The zygote's process, or the process it lives under; everything it runs descends from it."""
        return self._process.pid

    def private_kb(self, worker: Worker) -> int:
        """Private memory of a worker, kB."""
        with self._lock:
            self._control.sendall(as_json({"op": "rss", "pid": worker.pid}).encode())
            return int(self._listen(_DYING_TIMEOUT_S)["private_kb"])

    def cpu_s(self, worker: Worker) -> float:
        """See `Sandbox`."""
        with self._lock:
            self._control.sendall(as_json({"op": "cpu", "pid": worker.pid}).encode())
            found = self._listen(_DYING_TIMEOUT_S)["cpu_s"]
        return math.inf if found is None else float(found)

    def close(self) -> None:
        """See `Sandbox`. The namespaces' pid 1 takes everything with it."""
        with contextlib.suppress(OSError):
            self._control.shutdown(socket.SHUT_RDWR)  # wakes the thread that listens, if one does
        with contextlib.suppress(OSError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        with self._lock:
            self._control.close()
            if self._process.stderr:
                self._process.stderr.close()
        removal.remove(self.folder)

    def _warm_up(self, modules: tuple[str, ...]) -> None:
        """Have the zygote import what it has not yet."""
        with self._lock:
            self.wait_ready()  # it says what could not be imported, too
            if not (missing := [name for name in modules if name not in self._warm]):
                return
            try:
                self._control.sendall(as_json({"op": "warm", "modules": missing}).encode())
            except OSError as error:
                raise SandboxUnavailable(f"The zygote is gone ({error}).") from None
            # As patient as with torch itself: the packages may lie on a cold disk.
            answer = self._listen(START_TIMEOUT_S)
            if "refused" in answer:
                raise PackageUnfit(answer["refused"])
            self._warm.update(missing)

    def _spawn(self, limits: Limits, kernel: bool, line_fd: int, output_fd: int) -> int:
        request = as_json({"op": "spawn", "limits": msgspec.structs.asdict(limits), "kernel": kernel}).encode()
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
        stderr = self._process.stderr
        words = (stderr.read() if stderr and not stderr.closed else b"").decode("utf-8", "replace").strip()
        return words.splitlines()[-1] if words else "it gave no reason."

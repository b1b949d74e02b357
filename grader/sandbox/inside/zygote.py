"""The zygote: exec'd fresh, jailed, warm with torch; it forks one confined worker per submission.

It never runs student code and never sees a submission: the trusted side hands the worker's line over as a file
descriptor, and everything else goes through that line. Requests arrive one at a time on a socket:

    {"op": "spawn", "limits": …, "kernel": …} + fds (line, output)   →  {"pid": …} or {"refused": reason}
    {"op": "warm", "modules": …}                        →  {"warm": true} or {"refused": reason}
    {"op": "kill", "pid": …, "dying": …}                →  {"status": …} (as waitpid gives it; null if it was alive)
    {"op": "rss", "pid": …}                             →  {"private_kb": …}
    {"op": "cpu", "pid": …}                             →  {"cpu_s": …} (null if it is not there any more)
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import socket
import sys
import tempfile
import threading
import time
from typing import TYPE_CHECKING, Any, NoReturn

import msgspec

from grader.sandbox import removal, wire
from grader.sandbox.inside import hugepages, warmth
from grader.sandbox.inside.jail import confine, landlock, rootfs, syscalls
from grader.sandbox.inside.jail.seccomp import Filter
from grader.sandbox.limits import FULL, Limits

if TYPE_CHECKING:
    from grader.sandbox.inside.driver import Beside

_MESSAGE_CAP = 1 << 16
_DYING_MOMENTS = 100
_SWEPT_AT_ONCE = 2_000
"""Files of a dead worker that are removed while the next one waits: some 20 ms. A process of its own takes the rest."""
_MOST_SWEEPERS = 8
"""Beyond them folders wait for the trusted side, which removes whatever is left in the end."""


class Launch(msgspec.Struct, frozen=True, kw_only=True):
    """How the trusted side wants its zygote."""

    level: str
    warm: list[str]
    cuda: bool = False
    folder: str = ""
    """Where workers without a mount namespace get their private folders; the trusted side removes it in the end."""
    kernels: bool = False
    """Whether notebooks are expected: the first one then finds all that it needs."""
    many: bool = False
    """Whether so many submissions will follow that cheaper forks are worth a second of preparation."""


class Zygote:
    """Serves spawn and kill requests until the trusted side hangs up."""

    def __init__(self, control: socket.socket, setup: Launch, *, apart: bool) -> None:
        self._control = control
        self._setup = setup
        self._apart = apart
        self._devices = rootfs.gpu_devices() if setup.cuda else ()
        self._abi = landlock.abi()
        self._homes: dict[int, str] = {}
        self._sweepers: set[int] = set()
        if self._abi == 0:
            raise syscalls.LinuxError("Landlock (kernel 5.13 or later, with Landlock enabled)", 38)
        full = setup.level == FULL
        self._scoped = full or landlock.scopes_signals(self._abi)
        self._filter = Filter(unix_sockets=full, signals=self._scoped, alone=full)
        self._drivers_filter: Filter | None = None
        self._own_pids = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC) if full else -1
        # gc off: import is a tenth faster, and no collection rewrites pages that workers share with their parent.
        gc.disable()
        self._unfit: dict[str, str] = {}
        warmth.load(["torch"])
        for name in setup.warm:
            self._load(name)
        warmth.touch()
        if setup.kernels:
            self._prepare_for_kernels()
        self._settle()
        if setup.many:
            hugepages.collapse()
        gc.enable()
        syscalls.set_dumpable(False)

    def serve(self) -> None:
        """Answer until the trusted side hangs up; what its workers have started ends then, too."""
        known = {"versions": warmth.versions(), "accelerator": warmth.accelerator(), "apart": self._apart}
        self._say({"ready": True, "unfit": list(self._unfit), **known})
        while True:
            message, fds, _, _ = socket.recv_fds(self._control, _MESSAGE_CAP, 2)
            if not message:
                self._kill_all()
                return
            request = msgspec.json.decode(message)
            if request["op"] == "spawn":
                self._say(self._spawn(msgspec.convert(request["limits"], Limits), request["kernel"], *fds))
            elif request["op"] == "warm":
                self._say(self._warm_up(request["modules"]))
            elif request["op"] == "kill":
                self._say({"status": self._kill(request["pid"], request["dying"])})
            elif request["op"] == "rss":
                self._say({"private_kb": private_kb(request["pid"])})
            else:
                self._say({"cpu_s": cpu_s(request["pid"])})

    def _say(self, message: dict[str, Any]) -> None:
        self._control.sendall(msgspec.json.encode(message))

    def _settle(self) -> None:
        """Make what has been imported cheap to fork."""
        # Of several threads a fork has only the one that called it. A worker would wait for the others for ever: in its
        # first matmul, say, if one here had started torch's pool of threads.
        if threading.active_count() > 1:
            raise RuntimeError("the zygote has started threads, which a fork would lose")
        # A collection writes to each object that it looks at: in a worker it would copy the zygote's pages, one by one.
        gc.collect()
        gc.freeze()

    def _load(self, name: str) -> None:
        """Import a module for the next workers, unless its package does not fit: that concerns those who need it."""
        try:
            warmth.load([name])
        except Exception as error:  # a package may raise anything
            package = name.partition(".")[0]
            self._unfit[name] = f"{package} cannot be imported here ({type(error).__name__}: {error})"

    def _warm_up(self, modules: list[str]) -> dict[str, Any]:
        """Import what the next workers' exercise needs: packages of this environment, which its author has named.

        Workers that run already do not notice; none that comes later imports them again.
        """
        gc.disable()
        for name in modules:
            if name not in self._unfit:
                self._load(name)
        self._settle()
        gc.enable()
        if self._setup.many:
            hugepages.collapse()
        refused = [self._unfit[name] for name in modules if name in self._unfit]
        return {"refused": refused[0]} if refused else {"warm": True}

    def _prepare_for_kernels(self) -> None:
        """What workers with a kernel need beyond the others: imported when the first one is asked for."""
        if self._drivers_filter is None:
            gc.disable()
            warmth.touch_kernel()
            self._settle()
            gc.enable()
            # The driver connects to the kernel's sockets. At level no-namespaces no student code may, but it may.
            full = self._setup.level == FULL
            self._drivers_filter = Filter(unix_sockets=True, signals=self._scoped, alone=full)

    def _spawn(self, limits: Limits, kernel: bool, line: int, output: int) -> dict[str, Any]:
        full = self._setup.level == FULL
        home, others, uid = "", 0, -1
        try:
            if kernel:
                self._prepare_for_kernels()
            if full:
                syscalls.unshare(syscalls.CLONE_NEWPID, "a pid namespace for the worker")
            else:
                home = tempfile.mkdtemp(dir=self._setup.folder)
                if self._apart:
                    uid = confine.free_uid()
                    os.chown(home, uid, uid)
                else:
                    others = confine.tasks_of(os.getuid())
            try:
                pid = os.fork()
                if pid == 0:
                    self._become_worker(limits, kernel, line, output, home, others, uid)
            finally:
                # Back to the zygote's own pid namespace, or its next fork fails with ENOMEM.
                if full:
                    syscalls.setns(self._own_pids, syscalls.CLONE_NEWPID, "returning to the pid namespace")
        except OSError as error:
            return {"refused": str(error)}
        finally:
            os.close(line)
            os.close(output)
        if home:
            self._homes[pid] = home
        return {"pid": pid}

    def _become_worker(
        self, limits: Limits, kernel: bool, line: int, output: int, home: str, others: int, uid: int
    ) -> NoReturn:
        try:
            channel = settle_fds(line, output)
            drivers: list[Beside] = []
            last = (lambda home: drivers.append(self._fork_driver(channel, home))) if kernel else None
            try:
                os.setsid()
                if uid >= 0:
                    confine.become_plain(uid, uid)
                syscalls.die_with_parent()
                filter_, abi, devices, cuda = self._filter, self._abi, self._devices, self._setup.cuda
                if self._setup.level == FULL:
                    layers = confine.confine_full(limits, filter_, abi, devices, cuda, last)
                    home = rootfs.HOME
                else:
                    layers = confine.confine_without_namespaces(limits, filter_, abi, devices, cuda, home, others, last)
                    layers.insert(0, "own session")
            except OSError as error:
                channel.sendall(wire.frame(wire.Refused(str(error))))
                os._exit(1)
            gc.enable()
            run_worker(channel, home, layers, drivers[0] if drivers else None)
        finally:
            os._exit(0)

    def _fork_driver(self, channel: socket.socket, home: str) -> Beside:
        from grader.sandbox.inside import driver

        def confine_driver() -> None:
            syscalls.die_with_parent()
            assert self._drivers_filter is not None
            if not self._scoped:
                self._drivers_filter.allow_signals_to(os.getpid())
            self._drivers_filter.load()

        return driver.fork(channel, home, confine_driver)

    def _kill(self, pid: int, dying: bool) -> int | None:
        """Kill a worker and all that it started; its own wait status, None if it had to be killed."""
        status = _wait_a_moment(pid) if dying else None
        with contextlib.suppress(OSError):
            os.killpg(pid, signal.SIGKILL)
        with contextlib.suppress(OSError):
            os.kill(pid, signal.SIGKILL)
        if status is None:
            os.waitpid(pid, 0)
        if pid in self._homes:
            self._reap_group(pid)
            self._sweep(self._homes.pop(pid))
        return status

    def _kill_all(self) -> None:
        """The trusted side has gone without a word, as when it was killed: nobody is to outlive it.

        A pid namespace sees to that by itself.
        """
        for group in self._homes:
            self._reap_group(group)
        removal.remove(self._setup.folder)

    def _sweep(self, home: str) -> None:
        """Remove a dead worker's folder; nobody waits for a large one."""
        self._sweepers = {pid for pid in self._sweepers if os.waitpid(pid, os.WNOHANG) == (0, 0)}
        if removal.remove(home, _SWEPT_AT_ONCE) or len(self._sweepers) >= _MOST_SWEEPERS:
            return
        pid = os.fork()
        if pid:
            self._sweepers.add(pid)
            return
        try:
            self._control.close()
            syscalls.die_with_parent()
            os.nice(10)
            removal.remove(home)
        finally:
            os._exit(0)

    def _reap_group(self, group: int) -> None:
        """Kill and reap what the worker left behind: orphans come to the zygote, and none can leave its group."""
        with contextlib.suppress(ChildProcessError):
            while True:
                with contextlib.suppress(OSError):
                    os.killpg(group, signal.SIGKILL)
                os.waitpid(-group, 0)


def _wait_a_moment(pid: int) -> int | None:
    """The wait status of a worker that has hung up and is about to end by itself, or None if it does not."""
    for _ in range(_DYING_MOMENTS):
        found, status = os.waitpid(pid, os.WNOHANG)
        if found:
            return status
        time.sleep(0.002)
    return None


def settle_fds(line: int, output: int) -> socket.socket:
    """stdin empty, stdout and stderr to the grader, the line as fd 3, everything else closed."""
    null = os.open("/dev/null", os.O_RDONLY)
    # First out of the way of 0-3, then into place.
    spare = [os.dup2(fd, 100 + index, inheritable=False) for index, fd in enumerate((null, output, output, line))]
    for target, fd in enumerate(spare):
        os.dup2(fd, target, inheritable=target < 3)
    os.closerange(4, 65536)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False)  # noqa: SIM115
    return socket.socket(fileno=3)


def run_worker(channel: socket.socket, home: str, layers: list[str], beside: Beside | None) -> None:
    """Say that the worker is confined, then be a kernel if there is a driver for one, and answer questions."""
    from grader.sandbox.inside import worker

    channel.sendall(wire.frame(wire.Ready(layers)))
    with contextlib.suppress(OSError):
        if beside is None:
            worker.serve(channel, worker.Answerer(channel, home))
        else:
            from grader.sandbox.inside import kernel

            kernel.serve(channel, home, beside)


def private_kb(pid: int) -> int:
    """Private memory of a process, kB, from smaps_rollup."""
    with open(f"/proc/{pid}/smaps_rollup", encoding="utf-8") as file:
        return sum(int(line.split()[1]) for line in file if line.startswith(("Private_Clean", "Private_Dirty")))


def cpu_s(pid: int) -> float | None:
    """Seconds of processor time that a process has used, children that it waited for included; None if it is gone."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
            # Fields 14 to 17 of proc(5), behind the name, which may hold anything.
            ticks = file.read().rpartition(")")[2].split()[11:15]
    except OSError:
        return None
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Entry point: `python -m grader.sandbox.inside.zygote FD SETUP`."""
    control = socket.socket(fileno=int(sys.argv[1]))
    setup = msgspec.json.decode(sys.argv[2], type=Launch)
    apart = setup.level == FULL
    try:
        if setup.level == FULL:
            # Before torch is imported: a process with several threads gets no user namespace (EINVAL).
            confine.enter_namespaces(rootfs.gpu_devices() if setup.cuda else ())
            child = os.fork()  # the first child is pid 1 of the new pid namespace
            if child:
                control.close()
                os.closerange(0, 64)
                os.waitpid(child, 0)
                os._exit(0)
            syscalls.die_with_parent()
            confine.mount_proc()  # by pid 1, since /proc shows the pid namespace of the process that mounts it
            # Some modules make a folder for caches when they are imported; workers mount their own over this one.
            confine.private_folders(Limits(disk_mb=16))
            os.environ["TMPDIR"] = rootfs.HOME  # where the interpreter lies in /tmp, that cannot be written to
        else:
            if os.geteuid() != confine.plain_uid()[0]:
                os.chown(setup.folder, *confine.plain_uid())
            readable = rootfs.readable_by_others()
            if apart := confine.can_part_uids():
                os.chmod(setup.folder, 0o711)  # each worker goes to its own folder in it
                confine.become_plain_parent(*confine.plain_uid(), reading=not readable)
            else:
                (confine.become_plain if readable else confine.become_plain_reader)(*confine.plain_uid())
            syscalls.adopt_orphans()  # no pid namespace ends what a worker leaves behind
        Zygote(control, setup, apart=apart).serve()
    except OSError as error:
        with contextlib.suppress(OSError):
            control.sendall(msgspec.json.encode({"refused": str(error)}))


if __name__ == "__main__":
    main()

"""The layers a worker puts on, in order, before any student code runs. Worker side; stdlib and ctypes only.

full            user, pid, mount, net, ipc and uts namespaces, a private root, and all of the next
no-namespaces   dropped privileges, rlimits, Landlock, seccomp
basic           a spawned process with rlimits
"""

from __future__ import annotations

import contextlib
import os
import resource
import secrets
import sys
import tempfile
from collections.abc import Callable

from grader.sandbox.inside.jail import landlock, rootfs, syscalls
from grader.sandbox.inside.jail.seccomp import Filter
from grader.sandbox.limits import Limits

STUDENT_UID = 1000
NOBODY = 65534
UIDS = range(61184, 65520)
"""What systemd keeps for services whose users exist only while they run: no person has one of these uids."""
_FREE_STACK = 8 << 20
LastStep = Callable[[str], None]
"""What is still to be done, in the worker's folder, when all layers but the filter of system calls are in force."""


def environment(home: str) -> dict[str, str]:
    """The whole environment of a worker: nothing of the grader's own."""
    return {
        "HOME": home,
        "TMPDIR": home,
        "USER": "student",
        "LOGNAME": "student",
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "OMP_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        # `torch.cuda.is_available()` then asks NVML: whoever initialises CUDA cannot use it in a fork.
        "PYTORCH_NVML_BASED_CUDA_CHECK": "1",
        "TORCHINDUCTOR_CACHE_DIR": f"{home}/inductor",
        "MPLCONFIGDIR": f"{home}/matplotlib",
        "MPLBACKEND": "agg",
    }


def write_identity_map(inside: int, outside: int) -> None:
    """Map one uid and gid into this process's new user namespace."""
    for name, text in (
        ("setgroups", "deny"),  # first: without privileges outside gid_map is refused until groups cannot be dropped
        ("uid_map", f"{inside} {outside} 1"),
        ("gid_map", f"{inside} {outside} 1"),
    ):
        try:
            with open(f"/proc/self/{name}", "w", encoding="utf-8") as file:
                file.write(text)
        except OSError as error:
            raise syscalls.LinuxError(f"writing {name}", error.errno or 1) from None


def plain_uid() -> tuple[int, int]:
    """The uid and gid that student code runs under, seen from outside: nobody when started by root.

    The root of a user namespace that has no nobody (a rootless container) is a plain user already.
    """
    if os.geteuid() == 0 and _mapped(NOBODY, "uid_map") and _mapped(NOBODY, "gid_map"):
        return NOBODY, NOBODY
    return os.geteuid(), os.getegid()


def _mapped(number: int, name: str) -> bool:
    with open(f"/proc/self/{name}", encoding="utf-8") as file:
        ranges = [[int(field) for field in line.split()] for line in file]
    return any(first <= number < first + count for first, _, count in ranges)


def become_plain(uid: int, gid: int) -> None:
    """Leave root for a plain uid, for good; nothing to do for a plain user."""
    if os.geteuid() != uid:
        os.setgroups([])
        os.setresgid(gid, gid, gid)
        os.setresuid(uid, uid, uid)


def become_plain_reader(uid: int, gid: int) -> None:
    """The same, but keep the right to read files whatever their owner: for an interpreter in a closed home folder.

    Landlock still decides which files those are. A root without that right (as in many containers) stays root, without
    any capability.
    """
    if os.geteuid() != uid and syscalls.may_read_everything():
        syscalls.keep_capabilities_over_setuid()
        become_plain(uid, gid)
        syscalls.drop_capabilities(but=syscalls.READING)


def can_part_uids() -> bool:
    """Whether each worker can have a uid of its own: where root starts them, and that root is a real one."""
    mapped = all(_mapped(number, name) for number in UIDS for name in ("uid_map", "gid_map"))
    return os.geteuid() == 0 and mapped and syscalls.holds(syscalls.OTHER_UIDS)


def become_plain_parent(uid: int, gid: int, *, reading: bool) -> None:
    """Leave root for a plain uid, but keep the right to start processes under other uids, and to end them."""
    syscalls.keep_capabilities_over_setuid()
    become_plain(uid, gid)
    syscalls.drop_capabilities(but=syscalls.OTHER_UIDS | (syscalls.READING if reading else frozenset()))


def free_uid() -> int:
    """A uid that nobody runs under: the kernel counts the processes of a uid together, and its files are its own."""
    while True:
        uid = UIDS.start + secrets.randbelow(len(UIDS))
        if not tasks_of(uid):
            return uid


def enter_namespaces(extra_devices: tuple[str, ...]) -> None:
    """Zygote, before it forks to become pid 1: private root, plain uid, and namespaces of its own.

    Raises:
        LinuxError: naming the step that this machine refuses.
    """
    # Before any unshare: in a user namespace whose maps are still to be written everybody is 65534.
    uid, gid = plain_uid()
    if os.geteuid() != uid:
        # Root builds the private root first: a plain uid may then read an interpreter under a closed home folder.
        syscalls.unshare(syscalls.CLONE_NEWNS, "a mount namespace")
        rootfs.build(extra_devices)
        become_plain(uid, gid)
        syscalls.set_dumpable(True)  # a change of uid clears it, and the maps could not be written
        syscalls.unshare(syscalls.CLONE_NEWUSER, "a user namespace")
        write_identity_map(0, uid)
        # Once more: the one above belongs to the machine's user namespace, and nothing more may be mounted in it.
        syscalls.unshare(syscalls.CLONE_NEWNS, "a mount namespace of the user namespace")
    else:
        syscalls.unshare(syscalls.CLONE_NEWUSER, "a user namespace")
        write_identity_map(0, uid)
        syscalls.unshare(syscalls.CLONE_NEWNS, "a mount namespace")
        rootfs.build(extra_devices)
    # The pid namespace begins with the next fork: this process stays outside, its first child is pid 1.
    others = syscalls.CLONE_NEWPID | syscalls.CLONE_NEWNET | syscalls.CLONE_NEWIPC | syscalls.CLONE_NEWUTS
    syscalls.unshare(others, "pid, network, ipc and uts namespaces")


def mount_proc() -> None:
    """A /proc that shows only this pid namespace."""
    flags = syscalls.MS_NOSUID | syscalls.MS_NODEV | syscalls.MS_NOEXEC
    syscalls.mount("proc", "/proc", "proc", flags)


def private_folders(limits: Limits) -> str:
    """A worker's own home (also its /tmp) and /dev/shm, bounded in bytes and files; the folder its work goes to."""
    flags = syscalls.MS_NOSUID | syscalls.MS_NODEV | syscalls.MS_NOEXEC
    # Mounted as the namespace's root, owned by whom the worker is about to become: the same uid outside. /dev/shm is
    # needed: there the processes of a DataLoader lay their batches.
    for folder, files in ((rootfs.HOME, 4096), (rootfs.SHARED_MEMORY, 1024)):
        syscalls.mount("tmpfs", folder, "tmpfs", flags, f"size={limits.disk_mb}m,nr_inodes={files},mode=700")
    return rootfs.HOME


def confine_full(
    limits: Limits, filter_: Filter, abi: int, devices: tuple[str, ...], cuda: bool, last: LastStep | None = None
) -> list[str]:
    """All layers; called in the worker, as pid 1 of its own pid namespace, with the zygote's capabilities."""
    syscalls.unshare(syscalls.CLONE_NEWNS, "a mount namespace")
    mount_proc()  # the one that is there shows the zygote and every other worker
    home = private_folders(limits)
    # After all mounts: the rights to make them end here. And with one thread, or it is refused with EINVAL.
    syscalls.unshare(syscalls.CLONE_NEWUSER, "a user namespace")
    # The zygote is not dumpable, and neither is its fork: the files in /proc/self of such a process are root's.
    syscalls.set_dumpable(True)
    write_identity_map(STUDENT_UID, 0)
    layers = ["user, pid, mount, network, ipc and uts namespaces", "private root, home and /dev/shm"]
    readable = (*rootfs.readable_paths(), "/proc", "/etc/passwd", "/dev/fd", "/sys")
    allowed = landlock.Allowed(readable, (home, rootfs.SHARED_MEMORY), (*rootfs.DEVICES, *devices))
    return layers + _common(limits, home, allowed, filter_, abi, cuda, last=last)


def confine_without_namespaces(
    limits: Limits,
    filter_: Filter,
    abi: int,
    devices: tuple[str, ...],
    cuda: bool,
    home: str,
    others: int,
    last: LastStep | None = None,
) -> list[str]:
    """Landlock, seccomp and rlimits; `home` is the worker's private folder, made by the zygote."""
    syscalls.set_dumpable(False)  # every worker here has the same uid, and could look into the others
    readable = (*rootfs.readable_paths(), f"/proc/{os.getpid()}", "/proc/cpuinfo", "/proc/meminfo", "/proc/stat")
    allowed = landlock.Allowed(readable, (home,), (*rootfs.DEVICES, *devices))
    if not landlock.scopes_signals(abi):
        filter_.allow_signals_to(os.getpid())
    reader = os.getuid() != 0 and syscalls.may_read_everything()
    return _common(limits, home, allowed, filter_, abi, cuda, others=others, reader=reader, last=last)


def confine_reader(*, full: bool) -> None:
    """What the reader may not do from now on, and none of the processes that it forks: next to everything.

    Raises:
        LinuxError: naming the step that this machine refuses.
    """
    abi = landlock.abi()
    if abi == 0:
        raise syscalls.LinuxError("Landlock (kernel 5.13 or later, with Landlock enabled)", 38)
    reads_all = os.getuid() != 0 and syscalls.may_read_everything()
    filter_ = Filter(unix_sockets=False, signals=full or landlock.scopes_signals(abi), alone=full)
    volunteer_for_oom()
    syscalls.set_dumpable(False)
    syscalls.drop_capabilities(but=syscalls.READING if reads_all and not full else frozenset())
    syscalls.forbid_new_privileges()
    # It writes nothing, anywhere; and reads what Python itself reads when it imports a module.
    landlock.confine(landlock.Allowed(rootfs.readable_paths(), ()), abi)
    filter_.load()


def limit_one_answer(memory: int, cpu_s: int) -> None:
    """The kernel's limits of a process that answers one question: it starts nothing, and writes nothing.

    Args:
        memory: bytes of address space; 0: as much as there is.
        cpu_s: whole seconds of processor time.
    """
    wanted = {"CORE": 0, "FSIZE": 0, "NOFILE": 64, "NPROC": 0, "MEMLOCK": 0, "MSGQUEUE": 0}
    if memory:
        wanted["AS"] = memory
    for name, value in wanted.items():
        if (kind := getattr(resource, f"RLIMIT_{name}", None)) is not None:
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(kind, (value, value))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s + 1))


def _common(
    limits: Limits,
    home: str,
    allowed: landlock.Allowed,
    filter_: Filter,
    abi: int,
    cuda: bool,
    *,
    others: int = 0,
    reader: bool = False,
    last: LastStep | None = None,
) -> list[str]:
    volunteer_for_oom()
    layers = [limit_resources(limits, cuda=cuda, others=others)]
    syscalls.drop_capabilities(but=syscalls.READING if reader else frozenset())
    syscalls.forbid_new_privileges()
    layers.append("no privileges" if os.getuid() != 0 else "root without capabilities")
    settle(home)
    layers.append(landlock.confine(allowed, abi))
    if last is not None:
        last(home)
    # Last: the filter refuses what the layers before it are made with.
    layers.append(filter_.load())
    return layers


def volunteer_for_oom() -> None:
    """If the machine runs out of memory, the kernel is to take student code first."""
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w", encoding="utf-8") as file:
        file.write("1000")


def settle(home: str) -> None:
    """Work in the private folder, with a scrubbed environment."""
    os.chdir(home)
    os.environ.clear()
    os.environ.update(environment(home))
    tempfile.tempdir = None
    os.umask(0o077)


def limit_resources(limits: Limits, *, cuda: bool, others: int = 0) -> str:
    """Set the rlimits, hard and soft; the layer's name.

    Args:
        limits: what the worker may use.
        cuda: whether it may use CUDA.
        others: tasks of the same uid that run already: the kernel counts them all, unless a user namespace parts them.
    """
    mapped = mapped_bytes()
    wanted: dict[str, int] = {
        "RLIMIT_CORE": 0,
        "RLIMIT_FSIZE": limits.disk_mb << 20,
        "RLIMIT_NOFILE": 256,
        # The kernel does not hold the machine's own root to it: one reason why root's workers become nobody.
        "RLIMIT_NPROC": limits.processes + others,
        "RLIMIT_MEMLOCK": 0,
        "RLIMIT_MSGQUEUE": 0,
        "RLIMIT_STACK": _FREE_STACK,
    }
    # On top of what is mapped: the zygote's torch takes gigabytes of addresses, of which little is memory. Above
    # the limit an allocation fails, as a MemoryError that a student can read. CUDA reserves addresses by the terabyte.
    if not cuda and mapped:
        wanted["RLIMIT_AS"] = mapped + (limits.memory_mb << 20)
    for name, value in wanted.items():
        kind = getattr(resource, name, None)
        if kind is None:
            continue
        _, hard = resource.getrlimit(kind)
        ceiling = value if hard == resource.RLIM_INFINITY else min(value, hard)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (ceiling, ceiling))
    # pid 1 ignores SIGXCPU, so the hard limit, a second later, must follow with SIGKILL.
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_s, limits.cpu_s + 1))
    return "resource limits"


def tasks_of(uid: int) -> int:
    """How many processes and threads of this uid run, as far as /proc tells; 0 where there is none."""
    tasks = 0
    for name in os.listdir("/proc") if os.path.isdir("/proc") else ():
        if not name.isdigit():
            continue
        # The owner of /proc/PID is root for processes that hide themselves; only "status" tells the uid.
        with contextlib.suppress(OSError), open(f"/proc/{name}/status", encoding="utf-8", errors="replace") as file:
            fields = dict(line.split(":", 1) for line in file if line.startswith(("Uid:", "Threads:")))
            if int(fields["Uid"].split()[0]) == uid:
                tasks += int(fields["Threads"])
    return tasks


def mapped_bytes() -> int:
    """Address space in use, bytes; 0 where it cannot be told."""
    if not sys.platform.startswith("linux"):
        return 0
    try:
        with open("/proc/self/statm", encoding="utf-8") as file:
            return int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 0

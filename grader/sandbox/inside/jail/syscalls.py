"""The handful of Linux system calls that Python 3.11 does not wrap, through ctypes. Worker side; stdlib only."""

from __future__ import annotations

import ctypes
import os
import struct

CLONE_NEWNS = 0x00020000
CLONE_NEWUTS = 0x04000000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000

MS_NOSUID, MS_NODEV, MS_BIND, MS_REC, MS_PRIVATE = 0x2, 0x4, 0x1000, 0x4000, 0x40000
MS_NOEXEC = 0x8
MNT_DETACH = 2

_AT_RECURSIVE, _AT_FDCWD = 0x8000, -100
MOUNT_ATTR_RDONLY, MOUNT_ATTR_NOSUID, MOUNT_ATTR_NODEV = 0x1, 0x2, 0x4

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_CAPBSET_DROP = 1, 4, 24
_PR_SET_CHILD_SUBREAPER, _PR_SET_NO_NEW_PRIVS, _PR_CAP_AMBIENT = 36, 38, 47
_PR_SET_KEEPCAPS = 8
_CAPABILITY_VERSION_3 = 0x20080522
_CAP_CHOWN, _CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH, _CAP_FOWNER = 0, 1, 2, 3
_CAP_KILL, _CAP_SETGID, _CAP_SETUID = 5, 6, 7
READING = frozenset((_CAP_DAC_READ_SEARCH,))
"""To read files whatever their owner."""
OTHER_UIDS = frozenset((_CAP_CHOWN, _CAP_DAC_OVERRIDE, _CAP_FOWNER, _CAP_KILL, _CAP_SETGID, _CAP_SETUID))
"""To give processes a uid of their own, end them, and tidy up after them."""

# These numbers are the same on every architecture: calls added since 2018 share one table.
_SYS_MOUNT_SETATTR = 442
_SYS_LANDLOCK = {"create_ruleset": 444, "add_rule": 445, "restrict_self": 446}

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long


class LinuxError(OSError):
    """A system call failed; `step` is what it was for, in plain words."""

    def __init__(self, step: str, number: int) -> None:
        super().__init__(number, os.strerror(number))
        self.step = step

    def __str__(self) -> str:
        return f"{self.step} ({self.strerror})"


def _check(result: int, step: str) -> int:
    if result < 0:
        raise LinuxError(step, ctypes.get_errno())
    return result


def unshare(flags: int, step: str) -> None:
    """Leave the named namespaces for new ones. A process with several threads gets no user namespace (EINVAL)."""
    _check(_libc.unshare(flags), step)


def setns(fd: int, kind: int, step: str) -> None:
    """Enter the namespace that `fd` stands for (for a pid namespace: future children do)."""
    _check(_libc.setns(fd, kind), step)


def mount(source: str, target: str, kind: str | None, flags: int, options: str = "") -> None:
    """mount(2)."""
    _check(
        _libc.mount(
            os.fsencode(source),
            os.fsencode(target),
            kind.encode() if kind else None,
            ctypes.c_ulong(flags),
            options.encode() or None,
        ),
        f"mounting {target}",
    )


def umount_detached(target: str) -> None:
    """umount2(2), lazily."""
    _check(_libc.umount2(os.fsencode(target), MNT_DETACH), f"unmounting {target}")


def restrict_mount(target: str, attributes: int, *, recursive: bool) -> None:
    """Add attributes (read-only, nosuid, nodev) to a mount, keeping those it has. Kernel 5.12 or later."""
    data = struct.pack("QQQQ", attributes, 0, 0, 0)
    flags = _AT_RECURSIVE if recursive else 0
    result = _libc.syscall(
        ctypes.c_long(_SYS_MOUNT_SETATTR),
        ctypes.c_int(_AT_FDCWD),
        os.fsencode(target),
        ctypes.c_uint(flags),
        data,
        ctypes.c_size_t(len(data)),
    )
    _check(result, f"making {target} read-only")


def pivot_root(new_root: str, put_old: str) -> None:
    """Make `new_root` the root of this mount namespace."""
    # Not in glibc, and numbered per architecture.
    number = {"x86_64": 155, "aarch64": 41, "riscv64": 41}.get(os.uname().machine)
    if number is None:
        raise LinuxError("changing the root (unknown processor)", 38)
    result = _libc.syscall(ctypes.c_long(number), os.fsencode(new_root), os.fsencode(put_old))
    _check(result, "changing the root")


def die_with_parent() -> None:
    """Ask for SIGKILL when the parent dies. Must come after any change of uid, which clears it."""
    _check(_libc.prctl(_PR_SET_PDEATHSIG, 9, 0, 0, 0), "tying the process to its parent")


def set_dumpable(dumpable: bool) -> None:
    """Whether other processes of the same uid may look into this one (ptrace, /proc).

    The files in /proc/self of a process that is not belong to root, so it cannot write its own uid_map.
    """
    _check(_libc.prctl(_PR_SET_DUMPABLE, int(dumpable), 0, 0, 0), "setting dumpable")


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent dies."""
    _check(_libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0), "adopting orphans")


def forbid_new_privileges() -> None:
    """No later exec can gain privileges; Landlock and seccomp ask for this."""
    _check(_libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "forbidding new privileges")


def keep_capabilities_over_setuid() -> None:
    """The next change of uid keeps the permitted capabilities; they must be raised again by `drop_capabilities`."""
    _check(_libc.prctl(_PR_SET_KEEPCAPS, 1, 0, 0, 0), "keeping capabilities")


def may_read_everything() -> bool:
    """Whether this process may read files whatever their owner."""
    return holds(READING)


def holds(capabilities: frozenset[int]) -> bool:
    """Whether this process has these capabilities in effect."""
    with open("/proc/self/status", encoding="utf-8") as status:
        effective = next(line for line in status if line.startswith("CapEff:"))
    return all(int(effective.split()[1], 16) >> capability & 1 for capability in capabilities)


def drop_capabilities(*, but: frozenset[int] = frozenset()) -> None:
    """Give up every capability but these, for good."""
    for capability in range(64):
        if capability in but:
            continue
        if _libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0) < 0:
            break  # past the kernel's last capability, or not privileged to begin with
    _libc.prctl(_PR_CAP_AMBIENT, 4, 0, 0, 0)
    header = struct.pack("Ii", _CAPABILITY_VERSION_3, 0)
    kept = sum(1 << capability for capability in but)
    _check(_libc.capset(header, struct.pack("6I", kept, kept, 0, 0, 0, 0)), "dropping capabilities")


def landlock_create(attributes: bytes | None, flags: int) -> int:
    """landlock_create_ruleset(2): a ruleset's fd, or with flags=1 and no attributes the ABI version."""
    return int(
        _libc.syscall(
            ctypes.c_long(_SYS_LANDLOCK["create_ruleset"]),
            attributes,
            ctypes.c_size_t(len(attributes or b"")),
            ctypes.c_uint(flags),
        )
    )


def landlock_allow(ruleset: int, access: int, fd: int) -> None:
    """Allow `access` beneath the file or folder open as `fd`."""
    rule = struct.pack("=Qi", access, fd)
    result = _libc.syscall(
        ctypes.c_long(_SYS_LANDLOCK["add_rule"]),
        ctypes.c_int(ruleset),
        ctypes.c_int(1),
        rule,
        ctypes.c_uint(0),
    )
    _check(result, "adding a Landlock rule")


def landlock_restrict(ruleset: int) -> None:
    """Bind this process and its descendants to the ruleset."""
    result = _libc.syscall(ctypes.c_long(_SYS_LANDLOCK["restrict_self"]), ctypes.c_int(ruleset), ctypes.c_uint(0))
    _check(result, "applying Landlock")

"""Seccomp through libseccomp: the system calls that student code has no use for are refused with EPERM.

Names, not numbers, so that x86-64 and arm64 are the library's business; a name that the library or the kernel does
not know is skipped. Building a filter takes a millisecond or two, so the zygote builds it once and workers load it.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import errno

from grader.sandbox.inside.jail.syscalls import (
    CLONE_NEWIPC,
    CLONE_NEWNET,
    CLONE_NEWNS,
    CLONE_NEWPID,
    CLONE_NEWUSER,
    CLONE_NEWUTS,
    LinuxError,
)

_ALLOW = 0x7FFF0000
_ERRNO = 0x00050000
_NE, _EQ, _MASKED_EQ = 1, 4, 7
_AF_UNIX = 1
_CLONE_NEWCGROUP = 0x02000000
_TIOCSTI, _TIOCLINUX, _FIOSETOWN, _SIOCSPGRP = 0x5412, 0x541C, 0x8901, 0x8902
_F_SETOWN, _F_SETSIG, _F_SETOWN_EX = 8, 10, 15

REFUSED: dict[str, str] = {
    "looking into or steering other processes": (
        "ptrace process_vm_readv process_vm_writev process_madvise kcmp pidfd_getfd pidfd_open perf_event_open"
    ),
    "leaving the session that is killed as a whole, or changing limits and scheduling of others": (
        "setsid setpgid sched_setattr setpriority ioprio_set"
    ),
    # A memory file is written to without being mapped, and what is not mapped counts against no RLIMIT_AS.
    "memory that escapes the address space limit, or pins it": "memfd_create memfd_secret mlock mlock2 mlockall",
    # By number or name, without opening them first: whoever has the same uid may read, change and remove them.
    "shared memory, semaphores and message queues of other programs": (
        "shmget shmat shmctl semget semop semtimedop semctl msgget msgsnd msgrcv msgctl ipc "
        "mq_open mq_unlink mq_timedsend mq_timedreceive"
    ),
    # Landlock does not govern watches: they tell the names of files as others open and write them. And of these things
    # a user, or the whole machine, has only so many.
    "watching files, and what all programs share a stock of": "inotify_init inotify_init1 inotify_add_watch io_setup",
    "kernel surface without use here": (
        "io_uring_setup io_uring_enter io_uring_register userfaultfd bpf keyctl add_key request_key "
        "fanotify_init lookup_dcookie vmsplice quotactl quotactl_fd acct swapon swapoff syslog uselib "
        "personality landlock_create_ruleset init_module finit_module delete_module kexec_load "
        "kexec_file_load reboot settimeofday clock_settime clock_adjtime adjtimex iopl ioperm modify_ldt "
        "nfsservctl vhangup"
    ),
    "namespaces and mounts": (
        "unshare setns mount umount umount2 pivot_root chroot move_mount open_tree open_tree_attr fsopen "
        "fsconfig fsmount fspick mount_setattr statmount listmount name_to_handle_at open_by_handle_at "
        "sethostname setdomainname"
    ),
    # No other program: so Inductor can start no compiler, and `torch.compile` is graded with a backend that needs none.
    "other identities, other programs": (
        "setuid setgid setreuid setregid setresuid setresgid setgroups setfsuid setfsgid capset execve "
        "execveat mknod mknodat"
    ),
}
"""Why → names of system calls."""
WITHOUT_EFFECT = (
    "chmod fchmod fchmodat fchmodat2 chown lchown fchown fchownat utime utimes futimesat utimensat "
    "setxattr lsetxattr fsetxattr setxattrat removexattr lremovexattr fremovexattr removexattrat"
)
"""Landlock does not govern these. Where a worker sees files that are not its own, they say that they have worked, so
that honest code (`shutil.copy`) goes on, and do nothing."""


class _Argument(ctypes.Structure):
    _fields_ = (("arg", ctypes.c_uint), ("op", ctypes.c_int), ("a", ctypes.c_uint64), ("b", ctypes.c_uint64))


class Filter:
    """A seccomp filter, built once and loaded in every worker.

    Args:
        unix_sockets: whether AF_UNIX sockets are allowed (they are harmless only where no foreign socket can be seen).
        signals: whether kill() and the like may name other processes (safe only where others cannot be reached).
        alone: whether the worker sees no process and no file but its own.

    Raises:
        LinuxError: if libseccomp is missing or refuses.
    """

    def __init__(self, *, unix_sockets: bool, signals: bool, alone: bool) -> None:
        try:
            self._lib = ctypes.CDLL("libseccomp.so.2")
        except OSError:
            raise LinuxError("loading libseccomp (install the package libseccomp2)", errno.ENOENT) from None
        self._lib.seccomp_init.restype = ctypes.c_void_p
        self._context = ctypes.c_void_p(self._lib.seccomp_init(ctypes.c_uint32(_ALLOW)))
        if not self._context:
            raise LinuxError("creating a seccomp filter", errno.ENOMEM)
        for names in REFUSED.values():
            for name in names.split():
                self._refuse(name)
        # clone3 hides its flags behind a pointer; ENOSYS makes the C library fall back to clone.
        self._refuse("clone3", number=errno.ENOSYS)
        for flag in (
            CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC, CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET, _CLONE_NEWCGROUP,
        ):  # fmt: skip
            self._refuse("clone", _Argument(0, _MASKED_EQ, flag, flag))
        for request in (_TIOCSTI, _TIOCLINUX, _FIOSETOWN, _SIOCSPGRP):
            self._refuse("ioctl", _Argument(1, _MASKED_EQ, 0xFFFFFFFF, request))
        for command in (_F_SETOWN, _F_SETSIG, _F_SETOWN_EX):  # the kernel would send signals in the worker's stead
            self._refuse("fcntl", _Argument(1, _MASKED_EQ, 0xFFFFFFFF, command))
        # libzmq aborts the whole process if a TCP socket is refused to it: a notebook's kernel does without
        # (`Application.init_iopub`, and the transport ipc).
        if unix_sockets:
            self._refuse("socket", _Argument(0, _NE, _AF_UNIX, 0))
        else:
            self._refuse("socket")
        self._refuse("socketpair", _Argument(0, _NE, _AF_UNIX, 0))
        # prlimit64 may read and lower this process's own limits, and nobody else's.
        self._refuse("prlimit64", _Argument(0, _NE, 0, 0))
        # libzmq sets the scheduling that its threads have already, and aborts if that is refused.
        self._refuse("sched_setscheduler", number=0)
        if not alone:
            for name in WITHOUT_EFFECT.split():
                self._refuse(name, number=0)
            for name in ("sched_setaffinity", "sched_setparam"):
                self._refuse(name, _Argument(0, _NE, 0, 0))
        if not signals:
            for name in ("kill", "tkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo", "pidfd_send_signal"):
                self._refuse(name)

    def allow_signals_to(self, pid: int) -> None:
        """Where signals are refused: let the process `pid` still signal itself (abort, raise)."""
        self._refuse("tgkill", _Argument(0, _NE, pid, 0))

    def load(self) -> str:
        """Bind this process to the filter; the layer's name."""
        code = self._lib.seccomp_load(self._context)
        if code < 0:
            raise LinuxError("loading the seccomp filter", -code)
        return "seccomp"

    def _refuse(self, name: str, *arguments: _Argument, number: int = errno.EPERM) -> None:
        syscall = self._lib.seccomp_syscall_resolve_name(name.encode())
        if syscall < 0:
            return  # unknown to this architecture or library
        action = ctypes.c_uint32(_ERRNO | number)
        array = (_Argument * max(1, len(arguments)))(*arguments)
        code = self._lib.seccomp_rule_add_array(
            self._context, action, ctypes.c_int(syscall), ctypes.c_uint(len(arguments)), array
        )
        if code < 0:
            raise LinuxError(f"refusing {name}", -code)

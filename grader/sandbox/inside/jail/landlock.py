"""Landlock: which files a worker may touch, whatever its uid. Needs no privilege.

Reference: https://docs.kernel.org/userspace-api/landlock.html. Rights are added with each ABI version; on an older
kernel the rights that it does not know are left out.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterable
from dataclasses import dataclass

from grader.sandbox.inside.jail import syscalls

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_TRUNCATE, _IOCTL_DEV = 1 << 14, 1 << 15
_FILE_RIGHTS = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL_DEV
_RIGHTS_BY_ABI = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}
_NET_BIND_CONNECT = 0b11
_SCOPE_ABSTRACT_UNIX_AND_SIGNAL = 0b11
_SCOPE_ABI = 6


def abi() -> int:
    """The kernel's Landlock ABI version, 0 where there is none."""
    return max(0, syscalls.landlock_create(None, 1))


@dataclass(frozen=True)
class Allowed:
    """Paths by what may be done beneath them. Nothing may be executed anywhere."""

    readable: tuple[str, ...]
    writable: tuple[str, ...]
    devices: tuple[str, ...] = ()


def confine(allowed: Allowed, version: int) -> str:
    """Bind this process to `allowed`; the layer's name.

    Raises:
        LinuxError: if the kernel refuses.
    """
    handled = _RIGHTS_BY_ABI[max(known for known in _RIGHTS_BY_ABI if known <= version)]
    attributes = struct.pack("Q", handled)
    # A field that the kernel does not know is refused (E2BIG), unless it is 0: an older one gets a shorter structure.
    if version >= 4:
        attributes += struct.pack("Q", _NET_BIND_CONNECT)
    if version >= _SCOPE_ABI:
        attributes += struct.pack("Q", _SCOPE_ABSTRACT_UNIX_AND_SIGNAL)
    ruleset = syscalls.landlock_create(attributes, 0)
    if ruleset < 0:
        raise syscalls.LinuxError("creating a Landlock ruleset", 38)
    try:
        _allow(ruleset, allowed.readable, handled & (_READ_FILE | _READ_DIR))
        _allow(ruleset, allowed.writable, handled & ~_EXECUTE & ~_IOCTL_DEV)
        _allow(ruleset, allowed.devices, handled & (_READ_FILE | _READ_DIR | _WRITE_FILE | _IOCTL_DEV | _TRUNCATE))
        syscalls.landlock_restrict(ruleset)
    finally:
        os.close(ruleset)
    return f"Landlock (ABI {version})"


def scopes_signals(version: int) -> bool:
    """Whether Landlock of this version keeps signals and abstract sockets inside the worker."""
    return version >= _SCOPE_ABI


def _allow(ruleset: int, paths: Iterable[str], rights: int) -> None:
    for path in paths:
        try:
            fd = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            continue  # a path that is not there needs no rule
        try:
            # Rights that only make sense for folders are refused (EINVAL) in a rule for a file, and all with them.
            syscalls.landlock_allow(ruleset, rights if os.path.isdir(path) else rights & _FILE_RIGHTS, fd)
        finally:
            os.close(fd)

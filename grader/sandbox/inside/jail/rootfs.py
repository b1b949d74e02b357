"""The zygote's root: a tmpfs that holds the interpreter, its libraries and site-packages, read-only, and nothing else.

Built once per zygote in its private mount namespace; workers inherit it for free. What is not bound here cannot be
read, listed or even stat'ed by student code: no solutions, no hidden checks, no other student's work, no home folder.
"""

from __future__ import annotations

import os
import site
import sys
import sysconfig
from pathlib import Path

from grader.sandbox.inside.jail import syscalls
from grader.sandbox.inside.jail.syscalls import MOUNT_ATTR_NODEV, MOUNT_ATTR_NOSUID, MOUNT_ATTR_RDONLY

DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
SYSTEM = ("/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/local/lib", "/usr/share/zoneinfo", "/etc/ld.so.cache")
SYSTEM_FILES = ("/sys/devices/system/cpu", "/etc/localtime")
_TOP_LEVEL = ("/lib", "/lib32", "/lib64")
_OLD = "/.old"
# mkdir in the new root must not depend on the umask of whoever started the grader.
_FOLDER_MODE = 0o755
HOME, SHARED_MEMORY = "/student", "/dev/shm"
"""Where each worker mounts a file system of its own."""
SHARED_FILES = ("wire.py", "facts.py", "limits.py", "removal.py", "apparatus.py", "omissions.py")
"""Beside `inside/`: what the trusted side uses, too."""
PASSWD = f"student:x:1000:1000:student:{HOME}:/bin/false\n"


def interpreter_paths() -> tuple[str, ...]:
    """Real paths of the folders that the running interpreter imports from, outermost only."""
    scheme = sysconfig.get_paths()
    folders = {scheme[key] for key in ("stdlib", "platstdlib", "purelib", "platlib")}
    folders |= {entry for entry in sys.path if entry.endswith(("-packages", "lib-dynload"))}
    folders |= {os.path.join(prefix, "lib") for prefix in (sys.prefix, sys.base_prefix)}
    if site.ENABLE_USER_SITE:
        folders.add(site.getusersitepackages())
    return _outermost({*folders, *own_code()})


def own_code() -> tuple[str, ...]:
    """The worker's own code: the folder `inside/` and what both sides of the wall share; no more of the grader."""
    inside = Path(__file__).resolve().parents[1]
    return (str(inside), *(str(inside.parent / name) for name in SHARED_FILES))


def readable_paths() -> tuple[str, ...]:
    """Everything a worker may read: the interpreter, system libraries and a little of /sys and /etc."""
    return _outermost({*interpreter_paths(), *SYSTEM, *SYSTEM_FILES, *_TOP_LEVEL})


def readable_by_others() -> bool:
    """Whether a plain uid could read the interpreter: every folder on the way must be open to all."""
    for path in interpreter_paths():
        folder = os.path.realpath(path)
        if os.path.isfile(folder):
            folder = os.path.dirname(folder)
        while folder != "/":
            if os.path.exists(folder) and not os.stat(folder).st_mode & 0o001:
                return False
            folder = os.path.dirname(folder)
    return True


def gpu_devices() -> tuple[str, ...]:
    """Device nodes of NVIDIA GPUs, as found under /dev."""
    return tuple(
        sorted(f"/dev/{name}" for name in os.listdir("/dev") if name.startswith("nvidia") and not name.endswith("caps"))
    )


def build(extra_devices: tuple[str, ...] = ()) -> None:
    """Replace this process's root, inside a mount namespace of its own that it may mount in.

    Raises:
        LinuxError: at the first mount that the kernel refuses.
    """
    # Sources are resolved before anything changes: an absolute symlink means something else in another root.
    binds = [(path, os.path.realpath(path)) for path in readable_paths() if os.path.exists(path)]
    links = [(path, os.readlink(path)) for path in _TOP_LEVEL if os.path.islink(path)]
    # Or what is mounted here appears in the machine's own namespace, too; and pivot_root refuses shared mounts.
    syscalls.mount("none", "/", None, syscalls.MS_REC | syscalls.MS_PRIVATE)
    os.umask(0o022)
    syscalls.mount("tmpfs", "/tmp", "tmpfs", syscalls.MS_NOSUID | syscalls.MS_NODEV, "size=4m,mode=755")
    os.mkdir(f"/tmp{_OLD}", _FOLDER_MODE)
    syscalls.pivot_root("/tmp", f"/tmp{_OLD}")
    os.chdir("/")
    for target, link in links:
        os.symlink(link, target)
    for target, source in binds:
        if not os.path.lexists(target):
            _bind(source, target, MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV)
    for device in (*DEVICES, *extra_devices):
        if os.path.exists(_OLD + device):
            _bind(device, device, MOUNT_ATTR_NOSUID)
    # An existing /proc must stay in sight, or the kernel refuses a new one in a user namespace; it is covered later.
    os.mkdir("/proc", _FOLDER_MODE)
    syscalls.mount(f"{_OLD}/proc", "/proc", None, syscalls.MS_BIND | syscalls.MS_REC)
    for folder in (HOME, SHARED_MEMORY):
        os.makedirs(folder, _FOLDER_MODE)
    if not os.path.exists("/tmp"):  # unless the interpreter lies there
        os.symlink(HOME, "/tmp")
    os.symlink("/proc/self/fd", "/dev/fd")
    os.makedirs("/etc", _FOLDER_MODE, exist_ok=True)
    with open("/etc/passwd", "w", encoding="utf-8") as passwd:
        passwd.write(PASSWD)
    syscalls.umount_detached(_OLD)
    os.rmdir(_OLD)
    # Alone, not with what is mounted in it: devices would lose their use.
    syscalls.restrict_mount("/", MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV, recursive=False)


def _bind(source: str, target: str, attributes: int) -> None:
    old = _OLD + source
    if os.path.isdir(old):
        os.makedirs(target, _FOLDER_MODE, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(target), _FOLDER_MODE, exist_ok=True)
        with open(target, "w", encoding="utf-8"):
            pass
    # A bind ignores other flags: read-only and the like are a second step.
    syscalls.mount(old, target, None, syscalls.MS_BIND | syscalls.MS_REC)
    syscalls.restrict_mount(target, attributes, recursive=True)


def _outermost(folders: set[str]) -> tuple[str, ...]:
    kept: list[str] = []
    for folder in sorted(os.path.abspath(folder) for folder in folders):
        if not any(folder == outer or folder.startswith(outer.rstrip("/") + "/") for outer in kept):
            kept.append(folder)
    return tuple(kept)

"""When a file in a clone of a student's repository was last committed, as its commits say.

`git log` reads the repository and runs nothing that a repository's own configuration could name: no pager, no filter,
no signature's program, no fetch. Its dates are the committer's own claim, which is said where they are used.
"""

from __future__ import annotations

import functools
import os
import subprocess
import threading
from datetime import UTC, datetime
from typing import Final

from grader.classroom.moments import Moment

SOURCE: Final = "its last commit, which says so itself"
_LOG_CAP: Final = 8 << 20
"""Bytes of one repository's log: some 50,000 changed files."""
_SECONDS: Final = 20
_QUIET: Final = (
    "core.fsmonitor=false", "core.pager=cat", "core.hooksPath=/dev/null", "log.showSignature=false",
    "protocol.allow=never", "core.quotePath=false", "safe.directory=*", "log.mailmap=false", "diff.renames=false",
)  # fmt: skip
_MARK: Final = "\x01"


def moment_of(place: tuple[str, str] | None) -> Moment | None:
    """When a file was committed last; None if it lies in no repository, or that cannot be found out.

    Args:
        place: the clone's folder on this machine, and the file's path in it, with slashes.
    """
    if place is None:
        return None
    repository, path = place
    seconds = _committed(repository).get(path)
    if seconds is None:
        return None
    return Moment(at=datetime.fromtimestamp(seconds, UTC).isoformat(), source=SOURCE)


@functools.lru_cache(maxsize=8)
def _committed(repository: str) -> dict[str, int]:
    """Path → seconds since 1970 of the newest commit that touched it."""
    git = os.path.join(repository, ".git")
    if os.path.islink(git) or not os.path.isdir(git):  # a link or a file may lead to another repository
        return {}
    options = [word for setting in _QUIET for word in ("-c", setting)]
    log = ["log", f"--format={_MARK}%ct", "--name-only", "-z", "--no-ext-diff", "--no-textconv", "--no-renames", "-m"]
    environment = {
        "PATH": os.environ.get("PATH", os.defpath), "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C",
    }  # fmt: skip
    try:
        with subprocess.Popen(
            ["git", f"--git-dir={git}", f"--work-tree={repository}", *options, *log, "HEAD", "--"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, env=environment,
        ) as process:  # fmt: skip
            assert process.stdout is not None
            patience = threading.Timer(_SECONDS, process.kill)  # a pipe among a repository's files would never end
            patience.start()
            try:
                data = process.stdout.read(_LOG_CAP)
            finally:
                patience.cancel()
                process.kill()
    except OSError:  # there is no git here
        return {}
    return _read(data.decode("utf-8", "replace"))


def _read(log: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for commit in log.split(_MARK)[1:]:
        # "SECONDS\0\nNAME\0NAME\0\0", or without names
        seconds, *names = commit.replace("\n", "").split("\0")
        if not seconds.isdigit() or len(seconds) > 11:
            continue
        for name in filter(None, names):
            found[name] = max(int(seconds), found.get(name, 0))
    return found

"""Removes a folder that student code has filled, whatever it has put there. Stdlib only; used on both sides.

`shutil.rmtree` recurses, so folders nested a few thousand deep make it raise, and it gives up on folders that may not
be listed. Here every folder found is moved up beside the first one, so that nothing is ever more than two levels deep.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
from typing import Final

_AS_THEY_ARE: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
ALL: Final = 1 << 62


def remove(folder: str, most: int = ALL) -> bool:
    """Remove `folder` and all that is in it; nobody may be writing there any more.

    Args:
        folder: its path.
        most: entries after which to give up for now.

    Returns:
        Whether it is gone. Nothing is raised: what cannot be removed stays.
    """
    try:
        if not stat.S_ISDIR(os.lstat(folder).st_mode):
            return False
        os.chmod(folder, 0o700)
        top = os.open(folder, _AS_THEY_ARE)
    except FileNotFoundError:
        return True
    except OSError:
        return False
    try:
        left = _empty(top, most)
    except OSError:
        return False
    finally:
        os.close(top)
    if left < 0:
        return False
    with contextlib.suppress(OSError):
        os.rmdir(folder)
    return not os.path.lexists(folder)


def _empty(top: int, left: int) -> int:
    """Remove what is in the open folder `top`; how many entries more would have been allowed, below 0: too many."""
    marker, moved = secrets.token_hex(8), 0  # a name that no student could have taken
    waiting = os.listdir(top)
    while waiting and left >= 0:
        name = waiting.pop()
        left -= 1
        if _gone(name, top):
            continue
        with contextlib.suppress(OSError):
            os.chmod(name, 0o700, dir_fd=top)
            inner = os.open(name, _AS_THEY_ARE, dir_fd=top)
            try:
                for item in os.listdir(inner):
                    left -= 1
                    if left < 0:
                        break
                    if not _gone(item, inner):
                        os.chmod(item, 0o700, dir_fd=inner)
                        moved += 1
                        upper = f"{marker}-{moved}"
                        os.rename(item, upper, src_dir_fd=inner, dst_dir_fd=top)
                        waiting.append(upper)
            finally:
                os.close(inner)
            if left >= 0:
                os.rmdir(name, dir_fd=top)
    return left


def _gone(name: str, folder: int) -> bool:
    """Remove a file, a link or an empty folder; False if it is a folder that is not empty."""
    try:
        os.unlink(name, dir_fd=folder)
    except (IsADirectoryError, PermissionError):
        try:
            os.rmdir(name, dir_fd=folder)
        except OSError:
            return False
    except FileNotFoundError:
        return True
    return True

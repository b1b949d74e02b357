"""Walks a folder that students could put anything into: follows no link, opens no device, waits for no pipe."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final

from grader.classroom.intake.archives import OnDisk
from grader.classroom.intake.items import (
    REPOSITORY_MARK,
    Folder,
    Found,
    Item,
    Tops,
    Unread,
    Unreadable,
    is_junk,
    printable,
)

DEEPEST: Final = 24
"""Folders below one another that are looked into."""
MOST: Final = 20_000
"""Entries of one student's folder that are looked at."""


def walk(root: Path) -> Iterator[Item]:
    """Everything below `root`, sorted; computers' own folders and files are passed over.

    Raises:
        OSError: if `root` itself cannot be listed.
    """
    with os.scandir(root) as entries:
        tops = sorted(entries, key=lambda entry: entry.name)
    shown = Tops()
    for top in tops:
        if top.is_dir(follow_symlinks=False) and not is_junk(top.name, folder=True):
            name = shown(top.name)
            signs = (os.path.join(top.path, sign) for sign in (".git", REPOSITORY_MARK))
            repository = any(map(os.path.lexists, signs))
            yield Folder((name,), repository)
            for item in _below(top, name):
                yield _of_clone(item, top.path) if repository and isinstance(item, Found) else item
        else:
            yield from _item(top, ())


def _below(top: os.DirEntry[str], name: str) -> Iterator[Item]:
    waiting: list[tuple[str, tuple[str, ...]]] = [(top.path, (name,))]
    left = MOST
    while waiting:
        path, parts = waiting.pop()
        try:
            with os.scandir(path) as entries:
                found = sorted(islice(entries, left + 1), key=lambda entry: entry.name)
        except OSError as error:
            yield Unread(parts, f"cannot be read: {error.strerror}")
            continue
        left -= len(found)
        if left < 0:
            yield Unread(parts[:1], f"holds more than {MOST:,} files: not all were looked at")
            return
        for entry in found:
            if entry.is_dir(follow_symlinks=False) and not is_junk(entry.name, folder=True):
                inner = (*parts, printable(entry.name))
                if len(inner) > DEEPEST:
                    yield Unread(inner, f"is more than {DEEPEST} folders deep: not looked into")
                else:
                    waiting.append((entry.path, inner))
            else:
                yield from _item(entry, parts)


def _of_clone(item: Found, repository: str) -> Found:
    inner = "/".join(item.parts[1:])
    return replace(item, clone=(repository, inner))


def _item(entry: os.DirEntry[str], above: tuple[str, ...]) -> Iterator[Item]:
    """A file, or why it is none; nothing for what a computer made."""
    parts = (*above, printable(entry.name))
    if is_junk(entry.name, folder=False) or is_junk(entry.name, folder=True):
        return
    try:
        state = entry.stat(follow_symlinks=False)
    except OSError as error:
        yield Unread(parts, f"cannot be read: {error.strerror}")
        return
    if stat.S_ISLNK(state.st_mode):
        yield Unread(parts, "is a link, and was not followed: the file itself must be handed in")
    elif not stat.S_ISREG(state.st_mode):
        yield Unread(parts, "is not a regular file")
    else:
        disk = OnDisk(partial(_descriptor, entry.path))
        yield Found(parts, state.st_mtime, state.st_size, partial(_open, entry.path), disk)


def _open(path: str) -> BinaryIO:
    """The file, if it still is one."""
    return os.fdopen(_descriptor(path), "rb")


def _descriptor(path: str) -> int:
    """The file, if it still is one: between looking and opening it may have become something else."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise Unreadable(f"cannot be read: {error.strerror}") from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise Unreadable("is not a regular file")
    return descriptor

"""Zip archives, of a class and of its students: the reader opens them, and tells what lies in them.

No member's name is ever used as a path, and nothing is written onto the disk.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

from grader.classroom.intake.items import (
    JUNK,
    LARGEST,
    REPOSITORY_MARK,
    Disk,
    Folder,
    Found,
    Item,
    Tops,
    Unread,
    Unreadable,
    printable,
    shown,
)
from grader.sandbox import facts
from grader.sandbox.reader import HERE, Conversation, TooCostly

MOST_IN_CLASS: Final = 50_000
"""Members of a class's archive that are looked at."""
MOST: Final = 2_000
"""Members of one student's archive that are looked at: a whole kit has some 500."""
EAGER: Final = 1 << 20
"""Bytes of programs that come with the list, so that a usual archive is opened once."""
ARCHIVES: Final = 10
"""Archives of one student that are opened."""
ARCHIVES_S: Final = 2.0
"""Processor time for one student's archives, after which no more are opened."""


class OnDisk:
    """A student's zip file, opened anew for each question: of hundreds none is kept open."""

    def __init__(self, opener: Callable[[], int]) -> None:
        self._open = opener

    def ask(self, question: facts.ListArchive | facts.Unpack) -> facts.Answer:
        """See `items.Disk`."""
        descriptor = self._open()
        try:
            with Conversation(HERE, descriptor) as conversation:
                return _told(conversation, question)
        finally:
            os.close(descriptor)


class ClassArchive:
    """The zip file that a platform made of a whole class: opened once, for as long as it is asked."""

    def __init__(self, path: Path) -> None:
        self.name = printable(path.name)
        self._descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        self._conversation = Conversation(HERE, self._descriptor)

    def ask(self, question: facts.ListArchive | facts.Unpack) -> facts.Answer:
        """See `items.Disk`."""
        return _told(self._conversation, question)

    def close(self) -> None:
        """Ask no more."""
        self._conversation.close()
        os.close(self._descriptor)


def _told(conversation: Conversation, question: facts.ListArchive | facts.Unpack) -> facts.Answer:
    try:
        answer = conversation.ask(question)
    except TooCostly as cost:
        raise Unreadable(f"takes {cost} to be read: not read") from None
    if isinstance(answer, facts.Unusable):
        raise Unreadable(answer.why)
    return answer


def members_of_class(archive: ClassArchive) -> Iterator[Item]:
    """What lies in it; the items can be opened until it is closed.

    Raises:
        Unreadable: if it is not a zip file.
    """
    tops = Tops()
    found = archive.ask(facts.ListArchive(junk=JUNK, mark=REPOSITORY_MARK, most=MOST_IN_CLASS, strict=False))
    assert isinstance(found, facts.Members)
    for member in found.members:
        # A folder may be somebody's; of files with one name the last one counts, as if the archive had been unpacked.
        first = tops if len(member.name) > 1 else printable
        parts = (first(member.name[0]), *map(printable, member.name[1:]))
        yield _found(archive, None, member, parts)
    folders = set(found.folders)
    for refused in found.refused:
        if not refused.top:
            yield Unread((printable(refused.name) if refused.count == 1 else archive.name,), _why(refused))
            continue
        whose = tops(refused.top) if refused.top in folders else printable(refused.top)
        below = refused.name.split("/")[1:] if refused.count == 1 else ()
        yield Unread((whose, *map(printable, below)), _why(refused))
    yield from (Folder((tops(name),), name in found.marked) for name in sorted(folders))


def members_of_student(file: Found) -> Iterator[Item]:
    """What lies in a student's zip file; why it cannot be read, if it cannot."""
    if file.disk is None:
        return
    question = facts.ListArchive(inside=file.number, junk=JUNK, most=MOST, eager=EAGER, cap=LARGEST)
    try:
        found = file.disk.ask(question)
    except Unreadable as error:
        yield Unread(file.parts, str(error))
        return
    assert isinstance(found, facts.Members)
    for member in found.members:
        yield _found(file.disk, file.number, member, (*file.parts, *map(printable, member.name)))
    reasons: dict[str, list[facts.Refused]] = {}
    for refused in found.refused:
        reasons.setdefault(refused.why, []).append(refused)
    for same in reasons.values():
        one = facts.Refused(top="", name=same[0].name, why=same[0].why, count=sum(refused.count for refused in same))
        at = (*file.parts, printable(one.name)) if one.count == 1 else file.parts
        yield Unread(at, _why(one))
    if not found.files and not found.folders:
        yield Unread(file.parts, "is an empty zip file")


def _why(refused: facts.Refused) -> str:
    if not refused.why:
        return f"holds {refused.count:,} more files: not looked at"
    if refused.count == 1:
        return refused.why
    return f"holds {refused.count:,} files, such as {printable(refused.name)}, of which each {refused.why}"


def _found(disk: Disk, inside: int | None, member: facts.Member, parts: tuple[str, ...]) -> Found:
    if member.data is not None:
        open_: Callable[[], BinaryIO] = partial(io.BytesIO, member.data)
    else:
        open_ = partial(_unpacked, disk, facts.Unpack(number=member.number, inside=inside, cap=LARGEST))
    # An archive in an archive is opened where a class's holds a student's, and no deeper.
    return Found(parts, _when(member.when), member.size, open_, disk if inside is None else None, member.number)


def _unpacked(disk: Disk, question: facts.Unpack) -> BinaryIO:
    answer = disk.ask(question)
    return io.BytesIO(answer.data if isinstance(answer, facts.Content) else b"")


def _when(date: list[int]) -> float:
    try:
        return datetime(*date).timestamp()  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError, OSError):
        return 0.0


@dataclass
class _Opened:
    """What of one student's has been opened so far."""

    archives: int = 0
    spent_s: float = 0.0
    left: list[Found] = field(default_factory=list)


def expanded(items: Iterator[Item]) -> Iterator[Item]:
    """The items, students' archives replaced by what lies in them. An archive in an archive is not opened."""
    opened: dict[str, _Opened] = {}
    for item in items:
        if not isinstance(item, Found) or item.suffix != ".zip":
            yield item
            continue
        so_far = opened.setdefault(item.parts[0], _Opened())
        if so_far.archives >= ARCHIVES or so_far.spent_s >= ARCHIVES_S:
            so_far.left.append(item)
            continue
        before = HERE.spent_s
        for member in members_of_student(item):
            if isinstance(member, Found) and member.suffix == ".zip":
                yield Unread(member.parts, f"is a zip file inside {shown(item.parts[-1:])}: not opened")
            else:
                yield member
        so_far.archives += 1
        so_far.spent_s += HERE.spent_s - before
    for so_far in opened.values():
        if so_far.left:
            more = f", and {len(so_far.left) - 1:,} more zip files: not opened" if len(so_far.left) > 1 else ""
            yield Unread(so_far.left[0].parts, f"is one zip file too many{more or ': not opened'}")

"""Reads zip archives that students made: in memory, under caps, and never onto the disk.

No member's name is ever used as a path. What an archive claims is checked before it is believed: the size of its
directory, of its members, how far they unpack, how they are packed. Its format: PKWARE's APPNOTE.TXT, 6.3.10.
"""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

from grader.classroom.intake.items import (
    LARGEST,
    REPOSITORY_MARK,
    Folder,
    Found,
    Item,
    Tops,
    Unread,
    Unreadable,
    is_junk,
    printable,
    shown,
)

ARCHIVE_CAP: Final = LARGEST
"""Bytes of a student's archive."""
DIRECTORY_CAP: Final = 2 << 20
"""Bytes of the list of members in a student's archive: some 20,000 of them."""
RATIO_CAP: Final = 200
"""How many bytes one packed byte may become, in members of more than 1 MB. Python source packs 3 to 10 times."""
_END: Final = struct.Struct("<4s4H2LH")
_DIRECTORY_END, _LOCATOR_64 = b"PK\x05\x06", b"PK\x06\x07"
_NAMED: Final = 5
"""Members of one student's archive that a sentence each is said of; the others are counted."""
_USUAL: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


def open_class(path: Path) -> zipfile.ZipFile:
    """The zip file that a platform made of a whole class.

    Raises:
        Unreadable: if it is not a zip file.
    """
    try:
        return zipfile.ZipFile(path)
    except (*_BROKEN, struct.error) as error:
        raise Unreadable(f"is not a zip file that can be read ({error})") from None


def members_of_class(archive: zipfile.ZipFile) -> Iterator[Item]:
    """What lies in it; the items can be opened while it is open."""
    folders, tops, repositories = set(), Tops(), set()
    for number, info in enumerate(archive.infolist()):
        top, _, rest = info.filename.partition("/")
        if rest == REPOSITORY_MARK:
            repositories.add(tops(top))
        for item in _member(info, (), partial(_unpacked, archive, number), tops):
            if len(item.parts) > 1:
                folders.add(item.parts[0])
            yield item
    yield from (Folder((name,), name in repositories) for name in sorted(folders))


def members_of_student(archive: Found) -> Iterator[Item]:
    """What lies in a student's zip file; why it cannot be read, if it cannot."""
    try:
        with _opened(archive) as opened:
            infos, outside = opened.infolist(), 0
            for number, info in enumerate(infos):
                for item in _member(info, archive.parts, partial(_from_fresh, archive, number)):
                    outside += isinstance(item, Unread)
                    if isinstance(item, Found) or outside <= _NAMED:
                        yield item
            if outside > _NAMED:
                yield Unread(archive.parts, f"holds {outside - _NAMED:,} more that were not read")
            if not infos:
                yield Unread(archive.parts, "is an empty zip file")
    except Unreadable as error:
        yield Unread(archive.parts, str(error))


def _member(
    info: zipfile.ZipInfo, above: tuple[str, ...], open_: partial[BinaryIO], tops: Callable[[str], str] = printable
) -> Iterator[Item]:
    names = info.filename.replace("\\", "/").split("/")
    inner = [name for name in names if name not in ("", ".")]
    # A folder may be somebody's; of files with one name the last one counts, as if the archive had been unpacked.
    first = tops if len(inner) > 1 or info.is_dir() else printable
    parts = (*above, *map(first, inner[:1]), *map(printable, inner[1:]))
    if parts == above or any(is_junk(name, folder=True) for name in names) or is_junk(names[-1], folder=False):
        return
    mode = info.external_attr >> 16
    if names[0] == "" or ".." in names or re.match(r"[A-Za-z]:", names[0]):
        yield Unread((*above, printable(info.filename)), "points outside its archive: not read")
    elif stat.S_ISLNK(mode):
        yield Unread(parts, "is a link: the file itself must be handed in")
    elif info.is_dir() or stat.S_ISDIR(mode):
        if not above:
            yield Folder(parts[:1])
    else:
        yield Found(parts, _when(info), info.file_size, open_)


def _when(info: zipfile.ZipInfo) -> float:
    try:
        return datetime(*info.date_time).timestamp()
    except (ValueError, OverflowError, OSError):
        return 0.0


def _unpacked(archive: zipfile.ZipFile, number: int) -> BinaryIO:
    """The bytes of a member, which its archive cannot make longer than it says.

    Raises:
        Unreadable: saying why.
    """
    info = archive.infolist()[number]
    if info.file_size > LARGEST:
        raise Unreadable(f"unpacks to {info.file_size / (1 << 20):,.0f} MB: not read")
    if info.file_size > 1 << 20 and info.file_size > RATIO_CAP * max(info.compress_size, 1):
        raise Unreadable(f"unpacks to {info.file_size // max(info.compress_size, 1):,} times its size: not read")
    if info.flag_bits & 1:
        raise Unreadable("is protected with a password: not read")
    if info.compress_type not in _USUAL:
        raise Unreadable("is packed in a way that usual zip programs do not use: not read")
    try:
        with archive.open(info) as file:
            return io.BytesIO(file.read(LARGEST))
    except _BROKEN as error:
        raise Unreadable(f"is damaged in its archive ({error})") from None


def _from_fresh(archive: Found, number: int) -> BinaryIO:
    """A member of a student's archive, which is opened anew: nobody keeps hundreds of archives in memory."""
    with _opened(archive) as opened:
        return _unpacked(opened, number)


def _opened(archive: Found) -> zipfile.ZipFile:
    """A student's archive in memory.

    Raises:
        Unreadable: if it is too large, or none.
    """
    if archive.size > ARCHIVE_CAP:
        raise Unreadable(f"is a zip file of {archive.size / (1 << 20):,.0f} MB: not opened")
    with archive.open() as file:
        data = file.read(ARCHIVE_CAP + 1)
    _check_directory(data)
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (*_BROKEN, struct.error) as error:
        raise Unreadable(f"is not a zip file that can be read ({error})") from None


def _check_directory(data: bytes) -> None:
    """Refuse an archive whose list of members would take long, or much memory, to read.

    Raises:
        Unreadable: saying so.
    """
    at = len(data) - _END.size
    if at < 0 or not (data[at:].startswith(_DIRECTORY_END) and data.endswith(b"\0\0")):
        at = data.rfind(_DIRECTORY_END, max(0, len(data) - _END.size - 65536))
    if at < 0 or len(data) < at + _END.size:
        raise Unreadable("is not a zip file, whatever its name says")
    size = _END.unpack_from(data, at)[5]
    if size > DIRECTORY_CAP or data[max(0, at - 20) : at].startswith(_LOCATOR_64):
        raise Unreadable("is a zip file of far too many files: not opened")


def expanded(items: Iterator[Item]) -> Iterator[Item]:
    """The items, students' archives replaced by what lies in them. An archive in an archive is not opened."""
    for item in items:
        if not isinstance(item, Found) or item.suffix != ".zip":
            yield item
            continue
        for member in members_of_student(item):
            if isinstance(member, Found) and member.suffix == ".zip":
                yield Unread(member.parts, f"is a zip file inside {shown(item.parts[-1:])}: not opened")
            else:
                yield member

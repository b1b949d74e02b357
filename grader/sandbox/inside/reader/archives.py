"""Zip archives: in memory, under caps, and never onto the disk.

No member's name is ever used as a path. What an archive claims is checked before it is believed: the size of its
directory, of its members, how far they unpack, how they are packed. Its format: PKWARE's APPNOTE.TXT, 6.3.10.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import stat
import struct
import zipfile
import zlib
from typing import BinaryIO, Final

from grader.sandbox.facts import Content, ListArchive, Member, Members, Refused, Unpack

ARCHIVE_CAP: Final = 32 << 20
"""Bytes of a student's archive."""
DIRECTORY_CAP: Final = 2 << 20
"""Bytes of the list of members in a student's archive: some 20,000 of them."""
RATIO_CAP: Final = 200
"""How many bytes one packed byte may become, in members of more than 1 MB. Python source packs 3 to 10 times."""
_REASONS_CAP: Final = 1_000
"""Kinds of refused members that are told apart, by the first part of their path."""
_PART_CAP: Final = 400
"""Characters of a part of a path."""
_PARTS_CAP: Final = 40
_EAGER_ENDINGS: Final = (".py", ".ipynb")
_END: Final = struct.Struct("<4s4H2LH")
_DIRECTORY_END, _LOCATOR_64 = b"PK\x05\x06", b"PK\x06\x07"
_USUAL: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


OUTSIDE: Final = "points outside its archive: not read"


class Unreadable(Exception):
    """An archive or a member that cannot be read; the message completes "NAME …"."""


class Opened:
    """The file that is open as `descriptor`, and its archives: it, and the last one that was opened inside it."""

    def __init__(self, descriptor: int) -> None:
        self._file = os.fdopen(descriptor, "rb")
        self._archives: dict[int | None, zipfile.ZipFile] = {}

    def archive(self, inside: int | None, *, strict: bool = False) -> zipfile.ZipFile:
        """The archive that the file is, or that is a member of it.

        Raises:
            Unreadable: if it is none; with `strict` also if it is too large.
        """
        if inside in self._archives:
            return self._archives[inside]
        if inside is None:
            self._archives[None] = _opened(self._file, os.fstat(self._file.fileno()).st_size, strict=strict)
        else:
            data = _member(self.archive(None), inside, ARCHIVE_CAP)
            self._archives = {None: self._archives[None], inside: _opened(io.BytesIO(data), len(data), strict=strict)}
        return self._archives[inside]


def members(question: ListArchive, opened: Opened) -> Members:
    """What lies in an archive.

    Raises:
        Unreadable: if it cannot be told.
    """
    archive = opened.archive(question.inside, strict=question.strict)
    found: list[Member] = []
    folders: dict[str, None] = {}
    marked: dict[str, None] = {}
    refused: dict[tuple[str, str], Refused] = {}
    files, eager = 0, question.eager
    for number, info in enumerate(archive.infolist()):
        names = [name[:_PART_CAP] for name in info.filename.replace("\\", "/").split("/", _PARTS_CAP)]
        inner = [name for name in names if name not in ("", ".")]
        if question.mark and inner[1:] == [question.mark]:
            marked[inner[0]] = None
        if not inner or not question.junk.isdisjoint(names) or names[-1].startswith("._"):
            continue
        folder = info.is_dir() or stat.S_ISDIR(info.external_attr >> 16)
        why = _why_not_read(info, names)
        if why != OUTSIDE and (folder or len(inner) > 1):
            folders[inner[0]] = None
        if folder and not why:
            continue
        files += 1
        if why or len(found) >= question.most:
            key = ("" if why == OUTSIDE else inner[0], why)
            before = refused.get(key)
            if before is not None or len(refused) < _REASONS_CAP:
                count = before.count + 1 if before else 1
                name = before.name if before else "/".join(names)
                refused[key] = Refused(top=key[0], name=name, why=why, count=count)
            continue
        data = None
        if inner[-1].casefold().endswith(_EAGER_ENDINGS) and not _why_not_unpacked(info, eager):
            with contextlib.suppress(Unreadable):  # whoever wants it is told why
                data = _bytes(archive, info, eager)
                eager -= len(data)
        when = list(info.date_time)
        found.append(Member(number=number, name=inner, when=when, size=info.file_size, data=data))
    return Members(
        members=found, folders=list(folders), refused=list(refused.values()), files=files, marked=list(marked)
    )


def comment(opened: Opened) -> Content:
    """What an archive says of itself as a whole.

    Raises:
        Unreadable: if it is none.
    """
    return Content(opened.archive(None, strict=True).comment)


def content(question: Unpack, opened: Opened) -> Content:
    """The bytes of a member, which its archive cannot make longer than it says.

    Raises:
        Unreadable: saying why.
    """
    return Content(_member(opened.archive(question.inside), question.number, question.cap))


def _member(archive: zipfile.ZipFile, number: int, cap: int) -> bytes:
    infos = archive.infolist()
    if number >= len(infos):
        raise Unreadable("is not in its archive any more")
    if why := _why_not_unpacked(infos[number], cap):
        raise Unreadable(why)
    return _bytes(archive, infos[number], cap)


def _bytes(archive: zipfile.ZipFile, info: zipfile.ZipInfo, cap: int) -> bytes:
    try:
        with archive.open(info) as file:
            return file.read(cap)
    except _BROKEN as error:
        raise Unreadable(f"is damaged in its archive ({_words(error)})") from None


def _words(error: Exception) -> str:
    """What a library says of a damaged file, which may quote it."""
    return str(error).encode("utf-8", "backslashreplace").decode()[:200]


def _why_not_read(info: zipfile.ZipInfo, names: list[str]) -> str:
    """Why a member is passed over; "" if it is not."""
    if names[0] == "" or ".." in names or re.match(r"[A-Za-z]:", names[0]):
        return OUTSIDE
    if stat.S_ISLNK(info.external_attr >> 16):
        return "is a link: the file itself must be handed in"
    return ""


def _why_not_unpacked(info: zipfile.ZipInfo, cap: int) -> str:
    """Why the bytes of a member are not to be had; "" if they are."""
    if info.file_size > cap:
        return f"unpacks to {info.file_size / (1 << 20):,.0f} MB: not read"
    if info.file_size > 1 << 20 and info.file_size > RATIO_CAP * max(info.compress_size, 1):
        return f"unpacks to {info.file_size // max(info.compress_size, 1):,} times its size: not read"
    if info.flag_bits & 1:
        return "is protected with a password: not read"
    if info.compress_type not in _USUAL:
        return "is packed in a way that usual zip programs do not use: not read"
    return ""


def _opened(file: BinaryIO, size: int, *, strict: bool) -> zipfile.ZipFile:
    if strict:
        if size > ARCHIVE_CAP:
            raise Unreadable(f"is a zip file of {size / (1 << 20):,.0f} MB: not opened")
        _check_directory(file, size)
    try:
        return zipfile.ZipFile(file)
    except (*_BROKEN, struct.error) as error:
        raise Unreadable(f"is not a zip file that can be read ({_words(error)})") from None


def _check_directory(file: BinaryIO, size: int) -> None:
    """Refuse an archive whose list of members would take long, or much memory, to read.

    Raises:
        Unreadable: saying so.
    """
    file.seek(max(0, size - _END.size - 65536 - 20))
    data = file.read()
    file.seek(0)
    at = len(data) - _END.size
    if at < 0 or not (data[at:].startswith(_DIRECTORY_END) and data.endswith(b"\0\0")):
        at = data.rfind(_DIRECTORY_END, max(0, len(data) - _END.size - 65536))
    if at < 0 or len(data) < at + _END.size:
        raise Unreadable("is not a zip file, whatever its name says")
    listed = _END.unpack_from(data, at)[5]
    if listed > DIRECTORY_CAP or data[max(0, at - 20) : at].startswith(_LOCATOR_64):
        raise Unreadable("is a zip file of far too many files: not opened")

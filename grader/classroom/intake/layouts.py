"""Whose a folder or file is, by its name: as learning platforms name them, or plainly.

Pure: names in, owners out. `docs/classes.md` describes the names for instructors.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from grader.classroom.moments import Moment
from grader.classroom.record import UNKNOWN, Identity
from grader.sandbox import facts

METADATA: Final = "submission_metadata.yml"
ROSTER: Final = "roster.csv"
"""Beside the students' work: who is enrolled."""
COURSES_OWN: Final = (METADATA, ROSTER, "policy.toml", "times.csv")
"""Files that may lie among the students' and are nobody's work."""
_NUMBERED: Final = r"(?:ex|lab|hw|homework|assignment)[-_ ]?\d+"
_CANVAS = re.compile(r"(?P<name>.+?)(?P<late>_LATE)?_(?P<id>\d+)_(?P<file_id>\d+)_(?P<file>.+)")
_CANVAS_ANONYMOUS = re.compile(r"anon_(?P<id>[0-9A-Za-z]{5})(?P<late>_LATE)?_(?P<file_id>\d+)_(?P<file>.+)")
_MOODLE = re.compile(r"(?P<name>.+?)_(?P<id>\d+)_assignsubmission_(?P<kind>[a-z]+)_?(?P<file>.*)")
_BLACKBOARD = re.compile(r".+_(?P<name>[^_]+)_attempt_(?P<when>\d{4}(?:-\d\d){5})(?:_(?P<file>.+)|\.txt)")
_BRIGHTSPACE = re.compile(
    r"(?P<id>\d+)-\d+ ?- ?(?P<name>.+?) ?- ?(?P<when>[A-Z][a-z]{2} \d{1,2}, \d{4} \d{3,4} [AP]M)(?: ?- ?(?P<file>.+))?"
)
_SAKAI = re.compile(r"(?P<name>[^()]+, [^()]+)\((?P<id>[^()]+)\)")
_SAKAIS_OWN: Final = ("timestamp.txt", "comments.txt", "feedbackText.html", "submissionText.html")
_STRAYS: Final = re.compile(
    r"(?:readme|index|grades?|gradebook|comments?|notes?|roster|feedback|instructions?)(?:\W.*)?", re.I
)
"""Names of what platforms and teachers lay beside the students' files."""
_HANDED_IN: Final = re.compile(
    r"(?P<stem>.+?)(?:\.(?:py|ipynb))?\.(?:txt|rar|7z|tar|t?gz|tar\.gz|bz2|xz|pdf|docx?|odt|rtf|png|jpe?g)", re.I
)
"""Files that are somebody's, though nobody can grade them."""
_REPOSITORY = re.compile(rf"{_NUMBERED}[-_](?P<name>.+)", re.IGNORECASE)
_GRADESCOPES_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.\d+)? ?(Z|UTC|[+-]\d\d:?\d\d)?")
_COPY = re.compile(r"(?:[ _-]*\(\d+\)|-\d+|[ _-]copy ?\d*)$", re.IGNORECASE)


@dataclass(frozen=True)
class Owner:
    """Whose something is.

    Attributes:
        name: the student's name as the platform wrote it.
        id: the platform's number for the student, "" where there is none: it tells namesakes apart.
        file: what the student called the file, where the platform has put the owner before it.
        when: seconds since 1970, where the name tells which of several attempts this is: their order counts, since
            platforms name the course's own time.
        of: the others who have handed it in together.
        identity: what the platform calls the student, beside the name in a file's name.
        moment: when it came, where the platform says so.
    """

    name: str
    id: str = ""
    file: str | None = None
    when: float | None = None
    of: tuple[str, ...] = ()
    identity: Identity = UNKNOWN
    moment: Moment | None = None


def owners(name: str, *, folder: bool, metadata: Mapping[str, tuple[Owner, ...]]) -> tuple[Owner, ...]:
    """Whose the thing of that name, directly in the class's folder, is: one student, or a group that Gradescope knows.

    A plain file is its own owner's name: `ada.zip` and `ada_ex13_sin_gradient.py` are seen to by the caller, who knows
    the exercises' names.
    """
    if name in metadata:
        return metadata[name]
    if match := _MOODLE.fullmatch(name):
        identity = Identity(name=match["name"], id=match["id"])
        return (Owner(match["name"], match["id"], None if folder else match["file"], identity=identity),)
    if not folder and (match := _CANVAS_ANONYMOUS.fullmatch(name)):
        return (Owner(f"anon {match['id']}", match["id"], match["file"], moment=_canvas_says(match["late"])),)
    if not folder and (match := _CANVAS.fullmatch(name)):
        identity = Identity(name=match["name"], id=match["id"])
        return (
            Owner(match["name"], match["id"], match["file"], identity=identity, moment=_canvas_says(match["late"])),
        )
    if match := _BLACKBOARD.fullmatch(name):
        when = _time(match["when"], "%Y-%m-%d-%H-%M-%S")
        identity, moment = Identity(login=match["name"]), _own_time(when, "Blackboard")
        return (Owner(match["name"], "", match["file"] or "", when=when, identity=identity, moment=moment),)
    if match := _BRIGHTSPACE.fullmatch(name):
        when = _time(match["when"], "%b %d, %Y %I%M %p")
        identity, moment = Identity(name=match["name"], id=match["id"]), _own_time(when, "Brightspace")
        file = None if folder else match["file"]
        return (Owner(match["name"], match["id"], file, when=when, identity=identity, moment=moment),)
    if folder and (match := _SAKAI.fullmatch(name)):
        return (Owner(match["name"], match["id"], identity=Identity(name=match["name"], login=match["id"])),)
    return (Owner(name),)


def _time(text: str, form: str) -> float | None:
    if form.endswith("%p"):  # 930 AM is half past nine
        text = re.sub(r" (\d{3}) ", r" 0\1 ", text)
    try:
        return datetime.strptime(text, form).replace(tzinfo=UTC).timestamp()
    except ValueError:
        return None


def _own_time(when: float | None, platform: str) -> Moment | None:
    """A moment in the course's own time, which a platform put into a name."""
    if when is None:
        return None
    return Moment(at=datetime.fromtimestamp(when, UTC).replace(tzinfo=None).isoformat(), source=platform)


def _canvas_says(late: str | None) -> Moment | None:
    return Moment(late=True, source="Canvas") if late else None


def _gradescopes_time(text: str) -> Moment | None:
    """The moment of `:created_at:`, such as 2026-11-20 10:11:12.123456000 Z; None if it is none."""
    match = _GRADESCOPES_TIME.fullmatch(text.strip())
    try:
        at = datetime.fromisoformat(f"{match[1]}T{match[2]}{(match[3] or 'Z').replace('UTC', 'Z')}") if match else None
    except ValueError:
        return None
    return Moment(at=at.isoformat(), source="Gradescope's metadata") if at else None


def is_platforms_own(name: str) -> bool:
    """Whether a platform lays such a file into each student's folder."""
    return name in _SAKAIS_OWN


def is_stray(name: str) -> bool:
    """Whether teachers and platforms call something so that lies beside the students' work."""
    return _STRAYS.fullmatch(name) is not None


def handed_in_stem(name: str) -> str:
    """The name without its endings, of a file that is somebody's although it cannot be graded; "" of any other."""
    match = _HANDED_IN.fullmatch(name)
    return match["stem"] if match and not is_stray(name) else ""


def is_platforms(name: str) -> bool:
    """Whether only a platform would name a folder or file so."""
    patterns = (_MOODLE, _CANVAS, _CANVAS_ANONYMOUS, _BLACKBOARD, _BRIGHTSPACE, _SAKAI)
    return any(pattern.fullmatch(name) for pattern in patterns)


def repository_prefix(folders: Iterable[str], cloned: Iterable[str]) -> str:
    """What Classroom 50 puts before every student's name: `nn-ex13-` of `nn-ex13-ada` and `nn-ex13-bob`.

    Args:
        folders: the names of all folders of the class.
        cloned: those among them that are git repositories.
    """
    names, repositories = set(folders), set(cloned)
    if len(names) > 1 and names == repositories:
        first, last = min(names), max(names)
        common = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(map(len, names)))
        return first[: first.rfind("-", 0, common) + 1]
    matches = [_REPOSITORY.fullmatch(name) for name in names]
    starts = {match[0][: match.start("name")] for match in matches if match}
    return starts.pop() if all(matches) and len(starts) == 1 else ""


def plain_stem(stem: str) -> str:
    """A file's name without the mark that a computer puts on a second copy: `ex13 (1)`, `ex13-Copy1`, `ex13-2`."""
    return _COPY.sub("", stem) or stem


def copy_number(stem: str) -> int:
    """The number in that mark; 0 without one."""
    match = _COPY.search(stem)
    digits = re.sub(r"\D", "", match[0]) if match else ""
    return int(digits[:9]) if digits else int(bool(match))


def metadata_owners(said: facts.Metadata) -> dict[str, tuple[Owner, ...]]:
    """Folder → who handed it in, as Gradescope's `submission_metadata.yml` says."""
    found = {}
    for folder, handed_in in said.folders.items():
        people = handed_in.submitters
        names = [person.name or person.email or folder for person in people]
        moment = _gradescopes_time(handed_in.created_at)
        found[folder] = tuple(
            Owner(
                name,
                # What tells a person from a namesake: a student's number, where the course has given them.
                person.sid or person.email,
                of=tuple(other for other in names if other != name),
                identity=Identity(name=name, sid=person.sid, email=person.email),
                moment=moment,
            )
            for name, person in zip(names, people, strict=True)
        )
    return found

"""Who is in a class, and what each has handed in for which exercise. Nothing is lost: what is not graded is named."""

from __future__ import annotations

import contextlib
import functools
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Final

from grader.classroom.intake import archives, clones, folders, layouts
from grader.classroom.intake.candidates import Candidate, choice, listed, read
from grader.classroom.intake.items import LARGEST, Folder, Found, Item, Unread, Unreadable, shown
from grader.classroom.intake.layouts import Owner
from grader.classroom.intake.pupil import Pupil
from grader.classroom.moments import Moment
from grader.errors import UsageError
from grader.exercises.course import named_after
from grader.exercises.exercise import Exercise
from grader.sandbox import facts
from grader.sandbox.reader import HERE, Conversation, TooCostly
from grader.submissions.endings import ending
from grader.submissions.stubs import lines
from grader.submissions.twins import twin, without_setup
from grader.submissions.work import Work, notebook_name, of_bytes
from grader.text import label

_TESTS = re.compile(r"(?:conftest|setup|test_.*|.*_test)\.py")
"""Files that may lie beside a stub, as an exercise's own do: never a student's work because of their folder alone."""
_KITS_SIGN: Final = ("grader", "cli.py")
"""What lies in the folder of a whole kit, which a template repository hands back, and in no student's own."""
_OF_A_KIT: Final = re.compile(
    r"grader/.+|README\.md|LICENSE|pyproject\.toml|docs/students\.md|\.vscode/.+|\.devcontainer/.+|Dockerfile|\.dockerignore"
)
"""Beside the exercises' own files."""
_NOTES_CAP: Final = 20
_UNREAD_CAP: Final = 100
"""Notes about one student and about the class: thousands of odd files are told in a few sentences."""
_MANY: Final = 4
"""Files of one name in as many folders of one student's: more likely that is a class."""
READING_S: Final = 2.0
"""Processor time for one student's files; a solution takes some milliseconds."""
_LOOKED_AT: Final = 10
"""Files for one exercise that are compared with what was handed out."""


@dataclass
class _Place:
    """What lies in one student's name."""

    owner: Owner
    files: list[tuple[str, Found]] = field(default_factory=list)
    """Each with the name that the student gave it."""
    notes: list[str] = field(default_factory=list)
    candidates: dict[str, list[Candidate]] = field(default_factory=dict)


@contextlib.contextmanager
def opened(submissions: Path) -> Iterator[list[Item]]:
    """All that lies in a class's folder or zip file; the files can be opened within the context.

    Raises:
        UsageError: if it is neither.
    """
    try:
        if submissions.is_dir():
            yield list(archives.expanded(folders.walk(submissions)))
        elif submissions.suffix.casefold() == ".zip" and submissions.is_file():
            with contextlib.closing(archives.ClassArchive(submissions)) as archive:
                yield list(archives.expanded(archives.members_of_class(archive)))
        else:
            missing = "is neither a folder nor a .zip file" if submissions.exists() else "does not exist"
            raise UsageError(f"{submissions} {missing}. Name the folder, or the zip file, that holds the class's work.")
    except Unreadable as error:
        raise UsageError(f"{submissions} {error}.") from None
    except OSError as error:
        raise UsageError(f"{submissions} cannot be read: {error.strerror}.") from None


class Roster:
    """The students found among `items`.

    Args:
        items: what lies in the class's folder.
        exercises: the course's.
        wanted: ids of those to grade; none: all.

    Attributes:
        unread: sentences about what could not be read as anybody's work.
    """

    def __init__(self, items: Sequence[Item], exercises: Sequence[Exercise], wanted: Sequence[str] = ()) -> None:
        self.unread: list[str] = []
        self._exercises = exercises
        self._wanted = tuple(wanted) or tuple(exercise.id for exercise in exercises)
        self._sole = wanted[0] if len(wanted) == 1 else None
        self._handed_out: dict[tuple[str, bool], object] = {}
        self._spent_before_s = 0.0
        self._reader = Conversation(HERE, None)
        self._places = self._placed(self._unwrapped(items))
        for place in self._places.values():
            place.candidates = self._sorted(place)
        if len(self.unread) > _UNREAD_CAP:
            self.unread[_UNREAD_CAP:] = [f"{len(self.unread) - _UNREAD_CAP:,} more were not read."]

    def __len__(self) -> int:
        return len(self._places)

    @property
    def exercises(self) -> set[str]:
        """Ids of the exercises that somebody has handed in a file for."""
        return {exercise for place in self._places.values() for exercise in place.candidates}

    def doubts(self) -> Iterator[str]:
        """Sentences about what looks like a class but was taken for one student."""
        for (name, _), place in self._places.items():
            for exercise, found in place.candidates.items():
                if len({candidate.found.parts[:-1] for candidate in found if candidate.sureness == 0}) >= _MANY:
                    files = f"{len(found)} files for {label(exercise)}"
                    yield f"{name} holds {files}, and is taken for one student: if it is a class, name that folder."

    def pupils(self) -> Iterator[Pupil]:
        """Each student with the work that counts, by name; files are read as they are asked for."""
        shared = Counter(name for name, _ in self._places)
        named = [
            (f"{name} ({identity})" if identity and shared[name] > 1 else name, place)
            for (name, identity), place in self._places.items()
        ]
        for name, place in sorted(named, key=lambda pair: pair[0].casefold()):
            yield self._pupil(name, place)

    def single(self, name: str, items: Sequence[Item]) -> Pupil:
        """The work of one student to whom all of these items belong, however they lie."""
        place = _Place(Owner(name))
        for item in items:
            self._put(item, place.owner, place)
        place.candidates = self._sorted(place)
        return self._pupil(name, place)

    # --- whose is it --------------------------------------------------------------------------------------------

    def _unwrapped(self, items: Sequence[Item]) -> Sequence[Item]:
        """Without a folder that holds the whole class, as zip programs and Gradescope make one."""
        tops = {item.parts[0] for item in items}
        if len(tops) != 1 or not any(isinstance(item, Folder) for item in items):
            return items
        inner = [item for item in items if len(item.parts) > 1]
        names = {item.parts[1]: len(item.parts) > 2 for item in inner}
        if layouts.is_platforms(next(iter(tops))) or not names:
            return items
        ours = {name for e in self._exercises for name in (e.id, label(e.id))} | {"exercises", "solutions"}
        for name, folder in names.items():
            if folder and name.casefold() in ours:
                return items
            if not folder and ending(name) and not layouts.is_platforms(name):
                return items  # somebody's own folder, with a file of theirs in it
        known = [name for name in names if layouts.is_platforms(name) or name == layouts.METADATA]
        if not known and not any(folder or name.endswith(".zip") for name, folder in names.items()):
            return items
        without: list[Item] = [Folder((name,)) for name, folder in names.items() if folder and name[-4:] != ".zip"]
        for item in inner:
            if isinstance(item, Found):
                without.append(replace(item, parts=item.parts[1:]))
            elif isinstance(item, Unread):
                without.append(Unread(item.parts[1:], item.why))
        return self._unwrapped(without)

    def _placed(self, items: Sequence[Item]) -> dict[tuple[str, str], _Place]:
        metadata = self._metadata(items)
        tops = {item.parts[0] for item in items if isinstance(item, Folder)}
        cloned = [item.parts[0] for item in items if isinstance(item, Folder) and item.repository]
        prefix = layouts.repository_prefix(tops, cloned)
        places: dict[tuple[str, str], _Place] = {}
        for item in items:
            top = item.parts[0]
            if top in layouts.COURSES_OWN and len(item.parts) == 1:
                continue
            folder = top in tops
            if isinstance(item, Unread) and len(item.parts) == 1 and not folder and not top.endswith(".zip"):
                self.unread.append(item.sentence)
                continue
            for owner in layouts.owners(top, folder=folder, metadata=metadata):
                if owner.file == "":  # a platform's receipt for what lies beside it
                    continue
                named = self._plain(owner, folder, prefix) if owner.name == top else owner
                if named is None:
                    self.unread.append(f"{top}: its name does not say whose it is.")
                    continue
                self._put(item, named, places.setdefault((named.name, named.id), _Place(named)))
        return places

    def _metadata(self, items: Sequence[Item]) -> Mapping[str, tuple[Owner, ...]]:
        for item in items:
            if isinstance(item, Found) and item.parts == (layouts.METADATA,):
                try:
                    return self._told_by(item)
                except Unreadable as error:
                    self.unread.append(f"{layouts.METADATA} {error}: students are named as their folders are.")
        return {}

    def _told_by(self, metadata: Found) -> Mapping[str, tuple[Owner, ...]]:
        """Whose each folder is, as Gradescope says. Raises Unreadable if it cannot be read."""
        with metadata.open() as file:
            data = file.read(LARGEST)
        try:
            said = HERE.ask(facts.ReadMetadata(data))
        except TooCostly as cost:
            raise Unreadable(f"takes {cost} to be read") from None
        if not isinstance(said, facts.Metadata):
            raise Unreadable(said.why if isinstance(said, facts.Unusable) else "cannot be read")
        return layouts.metadata_owners(said)

    def _plain(self, owner: Owner, folder: bool, prefix: str) -> Owner | None:
        """Whose a plainly named thing is: its name without a repository's prefix, an ending and an exercise's name."""
        if folder:
            return Owner(owner.name.removeprefix(prefix) or owner.name)
        path = PurePosixPath(owner.name)
        known = ending(path) or path.suffix.casefold() == ".zip"
        stem = layouts.plain_stem(path.stem if known else layouts.handed_in_stem(owner.name))
        if not stem:
            return None
        for exercise in self._exercises:
            for name in (Path(exercise.stub).stem, label(exercise.id)):
                stem = re.sub(rf"(?:^|[-_. ]+){re.escape(name)}(?=$|[-_. ])", "", stem, flags=re.IGNORECASE)
        stem = stem.strip("-_. ")
        return Owner(stem, file=owner.name) if stem else None

    def _put(self, item: Item, owner: Owner, place: _Place) -> None:
        if isinstance(item, Unread):
            place.notes.append(item.sentence)
        elif isinstance(item, Found):
            item = replace(item, modified=item.modified if owner.when is None else owner.when, moment=owner.moment)
            place.files.append((owner.file if owner.file and len(item.parts) == 1 else item.name, item))

    # --- what is it ---------------------------------------------------------------------------------------------

    def _read(self, candidate: Candidate) -> Work:
        """The work, unless this student's have taken too long already. Raises like `read`."""
        if HERE.spent_s - self._spent_before_s > READING_S:
            raise Unreadable(f"{shown(candidate.found.parts)} was not read: this student's files take too long to be.")
        return read(candidate, self._reader)

    def _pupil(self, name: str, place: _Place) -> Pupil:
        self._spent_before_s = HERE.spent_s
        # One process for all that a student has handed in, and for nobody else's.
        with Conversation(HERE, None) as self._reader:
            return self._with_works(name, place)

    def _with_works(self, name: str, place: _Place) -> Pupil:
        notes = list(place.notes)
        if place.owner.of:
            notes.append(f"Handed in together with {', '.join(place.owner.of)}.")
        works, moments = dict[str, Work](), dict[str, Moment]()
        late = []
        for exercise, candidates in place.candidates.items():
            best, *others = self._worked_on(exercise, candidates)
            if others:
                notes.append(choice(exercise, best, others))
            moment = best.found.moment or clones.moment_of(best.found.clone)
            if moment is not None and moment.late:
                notes.append(f"{label(exercise)}: {best.name} was handed in late.")
                late.append(exercise)
            try:
                works[exercise] = self._read(best)
                moments |= {exercise: moment} if moment is not None else {}
            except (Unreadable, UsageError) as error:
                notes.append(str(error))
        if untouched := [key for key, work in works.items() if self._is_untouched(key, work)]:
            notes.append(f"{', '.join(map(label, untouched))}: the stub as it was handed out.")
        if not place.files and not place.notes:
            notes.append("Nothing was handed in: the folder is empty.")
        elif not works:
            notes.append("Nothing was handed in that could be graded.")
        if len(notes) > _NOTES_CAP:
            notes[_NOTES_CAP:] = [f"{len(notes) - _NOTES_CAP:,} more notes of this kind."]
        return Pupil(
            name, works, tuple(notes), place.owner.of, tuple(late), tuple(untouched), place.owner.identity, moments
        )

    def _worked_on(self, exercise: str, candidates: Sequence[Candidate]) -> list[Candidate]:
        """The candidates, the greatest first, without the untouched stub and twin that a kit holds beside the work."""
        ranked = sorted(candidates, key=lambda candidate: candidate.rank)
        ranked.reverse()  # of two that an archive holds under one name the later one leads: unpacking leaves that
        equals = [candidate for candidate in ranked if candidate.sureness == ranked[0].sureness]
        if len(equals) == 1:
            return ranked
        # Of the first alone: an archive may hold thousands, and each is unpacked to be looked at.
        looked_at, unseen = equals[:_LOOKED_AT], equals[_LOOKED_AT:]
        worked_on = [candidate for candidate in looked_at if not self._is_copy(exercise, candidate)] + unseen
        return [*(worked_on or equals[:1]), *ranked[len(equals) :]]

    def _is_copy(self, exercise: str, candidate: Candidate) -> bool:
        try:
            return self._is_untouched(exercise, self._read(candidate))
        except (Unreadable, UsageError):
            return False

    def _is_untouched(self, exercise: str, work: Work) -> bool:
        """Whether this is the stub as it was handed out, but for line endings, or its notebook twin, run or not."""
        form = exercise, work.notebook is not None
        if form not in self._handed_out:
            self._handed_out[form] = _original(next(e for e in self._exercises if e.id == exercise), form[1])
        mine = without_setup(work.notebook.cells) if work.notebook else lines(work.source)
        return work.problem is None and mine == self._handed_out[form]

    def _sorted(self, place: _Place) -> dict[str, list[Candidate]]:
        """Exercise id → files that may be the work, in the course's order; the others are noted."""
        found: dict[str, list[Candidate]] = defaultdict(list)
        nameless, others = [], []
        kits = {file.parts[:-2] for _, file in place.files if file.parts[-2:] == _KITS_SIGN}
        for name, file in place.files:
            path = PurePosixPath(name)
            if not ending(path):
                if not self._is_of_a_kit(file, kits) and not layouts.is_platforms_own(name):
                    others.append(name)
                continue
            folder = file.parts[-2] if len(file.parts) > 1 else ""
            match = named_after(self._exercises, layouts.plain_stem(path.stem), folder)
            if match is None:
                if not self._is_of_a_kit(file, kits):
                    nameless.append((name, file))
            elif (match[1] < 3 or not self._lies_beside(match[0], name)) and match[0].id in self._wanted:
                found[match[0].id].append(Candidate(match[1], name, file))
        if self._sole and not found and len(nameless) == 1:
            found[self._sole].append(Candidate(4, *nameless.pop()))
        if nameless:
            names = listed([shown(file.parts) for _, file in nameless])
            place.notes.append(f"No exercise is named by {names}: not graded.")
        if others:
            place.notes.append(f"Not a Python file: {listed(others)}.")
        return {exercise: found[exercise] for exercise in self._wanted if exercise in found}

    def _lies_beside(self, exercise: Exercise, name: str) -> bool:
        """Whether a file of this name is one that a course keeps beside the stub."""
        return bool(_TESTS.fullmatch(name.casefold())) or any(
            part.endswith(f"/{name.casefold()}") for part in self._own_files if f"/{exercise.id}/" in part
        )

    def _is_of_a_kit(self, file: Found, kits: Collection[tuple[str, ...]]) -> bool:
        """Whether a file is none of the student's but came with one of the kits that lie in these folders."""
        within = ("/".join(file.parts[len(kit) :]) for kit in kits if file.parts[: len(kit)] == kit)
        return any(_OF_A_KIT.fullmatch(path) or path in self._own_files for path in within)

    @functools.cached_property
    def _own_files(self) -> frozenset[str]:
        """Paths, in a course's folder, of what its exercises are made of."""
        return frozenset(f"{f.side}/{exercise.id}/{f.name}" for exercise in self._exercises for f in exercise.files())


def _original(exercise: Exercise, as_notebook: bool) -> object:
    """What students got: the stub's lines, or its twin's code cells; None where that cannot be read."""
    try:
        if as_notebook:
            own = of_bytes(notebook_name(exercise), twin(exercise).encode()).notebook
            return without_setup(own.cells) if own else None
        return lines(exercise.stub_path.read_bytes())
    except OSError:
        return None

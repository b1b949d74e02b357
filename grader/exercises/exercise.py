"""One exercise: what its folder in `exercises/` says, its checks and, for instructors, its twin in `solutions/`."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from types import ModuleType
from typing import Any, Final

from grader.checks.check import Check
from grader.checks.materials import Materials
from grader.errors import AuthoringError
from grader.exercises.files import PROBES, STATEMENT, File, Folders, Side
from grader.exercises.hints import Hint, read_hints
from grader.exercises.options import Misspelt, Option, declared
from grader.exercises.package import load
from grader.sandbox import extras
from grader.sandbox.limits import Limits
from grader.sandbox.shared_helpers import shared_helpers
from grader.text import label

_NEEDED: Final = ("title", "points", "stub", "hints")
_OPTIONAL: Final = (
    "limits",
    "packages",
    "hidden_packages",
    "warm",
    "accelerated",
    "reveal",
    "files",
    "options",
    "after_passing",
)
_SECONDS: Final = ("import_s", "check_s", "total_s")
_WORKERS: Final = Limits.__struct_fields__


@dataclass(frozen=True)
class ExerciseLimits:
    """Wall seconds that a submission may use, and what its worker may.

    import_s: to import the file. check_s: for one check, unless it says otherwise. total_s: for the whole submission.
    """

    import_s: float = 15.0
    check_s: float = 10.0
    total_s: float = 60.0
    worker: Limits = field(default_factory=Limits)

    @property
    def notebook_s(self) -> float:
        """To execute a notebook: each of its cells may take `import_s`, all together twice that."""
        return 2 * self.import_s


@dataclass(frozen=True)
class Basis:
    """What a submission is graded by, whatever an author saves meanwhile.

    fingerprint: sha256 of everything that decides a verdict: all files of both sides but the statement. probes: source
    of the helpers that checks run inside the worker: probes.py of both sides, where there is one.
    """

    fingerprint: str
    probes: bytes

    @property
    def forms(self) -> Mapping[str, Any]:
        """Helper's name → the type of its answers: the exercise's own first, then those that all exercises share."""
        from grader.checks.forms import forms_of  # for whoever grades: hints and the board do without evidence

        return forms_of(self.probes, *shared_helpers())


@dataclass(frozen=True)
class Exercise:
    """One exercise's folder, read but with its checks not yet loaded."""

    id: str
    folder: Path
    solution_folder: Path | None
    title: str
    points: float
    stub: str
    hints: tuple[Hint, ...]
    limits: ExerciseLimits = field(default_factory=ExerciseLimits)
    packages: tuple[str, ...] = ()
    """Packages beside torch and NumPy that its checks or the usual work import, by their names on PyPI."""
    hidden_packages: tuple[str, ...] = ()
    """Those that only its hidden checks import, so that students need not have them."""
    warm: tuple[str, ...] = ()
    """Modules beside torch that the zygote imports before it forks."""
    accelerated: bool = False
    """Whether `--device auto` means the accelerator: true only where the work is heavy enough to gain from one."""
    reveal: bool = False
    """Whether students may read the reference solution: the instructor's leave."""
    after_passing: str = ""
    """A paragraph for those whose work has passed: why it works, what the book says, where PyTorch differs."""
    extra: tuple[str, ...] = ()
    """Files beside the modules that checks read, by name; on either side."""
    options: Mapping[str, Option] = field(default_factory=dict, hash=False)
    """What may be said on the command line for it, by name."""

    @property
    def stub_path(self) -> Path:
        """The stub file."""
        return self.folder / self.stub

    @property
    def pristine_path(self) -> Path:
        """The second copy of the stub that a student's kit holds, since students work in the first; else not there."""
        return self.folder / ".stub" / self.stub

    @property
    def statement_path(self) -> Path:
        """What the student is asked to do, in Markdown."""
        return self.folder / "README.md"

    @property
    def instructors_path(self) -> Path | None:
        """The statement for instructors, which not every exercise has; None where the solutions are not."""
        return self.solution_folder / "README.md" if self.solution_folder else None

    @property
    def label(self) -> str:
        """The short form of the id that every command takes: ex13 for ex13_sin_gradient."""
        return label(self.id)

    @property
    def solution_path(self) -> Path | None:
        """The reference solution, where the solutions are present."""
        return self.solution_folder / self.stub if self.solution_folder else None

    @property
    def has_hidden_checks(self) -> bool:
        """Whether hidden checks are present on this machine."""
        return any(file.side is Side.HIDDEN and file.module.startswith("hidden_checks") for file in self.files())

    @property
    def lack(self) -> str:
        """The sentence about packages of the exercise that are not installed here; "" if all are."""
        gone = extras.missing((*self.packages, *(self.hidden_packages if self.solution_folder else ())))
        return extras.lack(f"{self.label} needs", gone) if gone else ""

    @property
    def _folders(self) -> Folders:
        return Folders(self.folder, self.solution_folder, self.stub, self.extra)

    def files(self) -> tuple[File, ...]:
        """All that the exercise is made of, by side and name: what students get of it, and what decides a verdict.

        The stub is none of it, nor are the reference solution and the corpora.
        """
        return self._folders.files()

    def module(self, name: str) -> ModuleType | None:
        """One of the exercise's modules, as its checks import it; None if it has none of that name.

        Raises:
            AuthoringError: if it cannot be imported.
        """
        files = self.files()
        return load(self._folders, files, name) if any(file.module == name for file in files) else None

    def load_checks(self, *, hidden: bool) -> tuple[Check, ...]:
        """The public checks in the order of their file, then (if asked for and present) the hidden ones.

        Where they lie in a folder of files, these come in the order of their names.

        Raises:
            AuthoringError: if a file cannot be imported, an id is used twice, or `after` names what is not there.
        """
        checks = self._checks_in("checks", Side.PUBLIC)
        if not checks:
            raise AuthoringError(f"{self.folder / 'checks.py'} has no checks.")
        if hidden and self.has_hidden_checks:
            checks += self._checks_in("hidden_checks", Side.HIDDEN)
        seen: set[str] = set()
        for check in checks:
            if check.id in seen:
                raise AuthoringError(f"{self.id} has two checks named {check.id}.")
            if unknown := [name for name in check.after if name not in seen]:
                raise AuthoringError(f"{self.id}: {check.id} comes after {unknown[0]}, which is not an earlier check.")
            seen.add(check.id)
        return tuple(checks)

    def _checks_in(self, root: str, side: Side) -> list[Check]:
        files = self.files()
        present = {file.module for file in files if file.side is side}
        names = [name for name in (root, *self._folders.inner(root, side)) if name in present]
        if not names:
            raise AuthoringError(f"{self.folder / root}.py is missing.")
        modules = [load(self._folders, files, name) for name in names]
        return [check for module in modules for check in _checks_of(module, hidden=side is Side.HIDDEN)]

    def materials(self, given: Materials) -> Materials:
        """What was chosen, as far as it is this exercise's: every option that it declares, and no other."""
        values = {name: given.options.get(name, option.absent) for name, option in self.options.items()}
        return replace(given, options=values)

    def basis(self) -> Basis:
        """What a submission is graded by, as it stands in the exercise's files now."""
        files, digest = self.files(), hashlib.sha256()
        for file in files:
            if file.name != STATEMENT:
                digest.update(f"{file.side}\0{file.name}\0{len(file.content)}\0".encode() + file.content)
        probes = b"\n".join(file.content for file in files if file.name == PROBES)
        return Basis(digest.hexdigest()[:16], probes)

    def fingerprint(self) -> str:
        """See `Basis`."""
        return self.basis().fingerprint


def read(folder: Path, twin: Path) -> Exercise:
    """The exercise in a folder, and its twin in solutions/ where there is one.

    Raises:
        AuthoringError: if exercise.toml cannot be read, misspells a key, or names a stub that is not there.
    """
    path = folder / "exercise.toml"
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        _check_keys(data)
        limits = _limits(dict(data.get("limits", {})))
        exercise = Exercise(
            id=folder.name,
            folder=folder,
            solution_folder=twin if twin.is_dir() else None,
            title=str(data["title"]),
            points=float(data["points"]),
            stub=str(data["stub"]),
            hints=read_hints(data["hints"]),
            limits=limits,
            packages=tuple(str(name) for name in data.get("packages", ())),
            hidden_packages=tuple(str(name) for name in data.get("hidden_packages", ())),
            warm=tuple(str(name) for name in data.get("warm", ())),
            accelerated=bool(data.get("accelerated", False)),
            reveal=data.get("reveal", False) is True,
            after_passing=" ".join(str(data.get("after_passing", "")).split()),
            extra=_names(data.get("files", [])),
            options=declared(data.get("options", {})),
        )
    except Misspelt as error:
        raise AuthoringError(f"{path} cannot be read: {error}") from None
    except (OSError, ValueError, TypeError) as error:
        raise AuthoringError(f"{path} cannot be read: {type(error).__name__}: {error}") from None
    if not exercise.stub_path.is_file() and not exercise.pristine_path.is_file():
        raise AuthoringError(f"{path} names the stub {exercise.stub}, which is not in {folder}.")
    return exercise


def _check_keys(data: dict[str, Any]) -> None:
    if missing := [key for key in _NEEDED if key not in data]:
        raise Misspelt(f"it has no {missing[0]}; it must say {', '.join(_NEEDED)}.")
    limits = data.get("limits", {})
    for where, found, known in (("it", data, (*_NEEDED, *_OPTIONAL)), ("[limits]", limits, (*_SECONDS, *_WORKERS))):
        if unknown := [key for key in found if key not in known]:
            raise Misspelt(f"{where} has {unknown[0]!r}, which means nothing; there are {', '.join(known)}.")


def _names(names: list[Any]) -> tuple[str, ...]:
    """Names of files that checks read: in the exercise's own folders."""
    for name in names:
        if not isinstance(name, str) or PurePath(name).is_absolute() or {"..", ""} & set(name.split("/")):
            raise Misspelt(f"{name!r} is no file's name in the exercise's folders.")
    return tuple(names)


def _limits(table: dict[str, Any]) -> ExerciseLimits:
    """`[limits]` is one flat table in exercise.toml: seconds for us, the rest for the worker."""
    seconds = {name: float(value) for name, value in table.items() if name in _SECONDS}
    worker = {name: int(value) for name, value in table.items() if name not in seconds}
    return ExerciseLimits(**seconds, worker=Limits(**worker))


def _checks_of(module: ModuleType, *, hidden: bool) -> Iterator[Check]:
    """The checks defined in a module, in order; those that it has imported are not its own."""
    for value in vars(module).values():
        if isinstance(value, Check) and value.function.__module__ == module.__name__:
            yield replace(value, hidden=hidden)

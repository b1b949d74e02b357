"""One exercise: what its folder in `exercises/` says, its checks and, for instructors, its twin in `solutions/`."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import sys
import threading
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from grader.checks.check import Check
from grader.errors import AuthoringError
from grader.sandbox.limits import Limits
from grader.text import label

LENT_NAME: Final = "public_checks"
_LENDING: Final = threading.Lock()
_NEEDED: Final = ("title", "points", "stub", "hints")
_OPTIONAL: Final = ("limits", "warm", "covertype", "checkpoints", "accelerated", "reveal")
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
class Exercise:
    """One exercise's folder, read but with its checks not yet loaded."""

    id: str
    folder: Path
    solution_folder: Path | None
    title: str
    points: float
    stub: str
    hints: tuple[str, ...]
    limits: ExerciseLimits = field(default_factory=ExerciseLimits)
    warm: tuple[str, ...] = ()
    """Modules beside torch that the zygote imports before it forks."""
    covertype: bool = False
    """Whether its checks need CoverType: the rows are read while the sandbox starts."""
    checkpoints: bool = False
    """Whether a checkpoint that was trained elsewhere may be handed in with the work."""
    accelerated: bool = False
    """Whether `--device auto` means the accelerator: true only where the work is heavy enough to gain from one."""
    reveal: bool = False
    """Whether students may read the reference solution: the instructor's leave."""

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
        return self.solution_folder is not None and (self.solution_folder / "hidden_checks.py").is_file()

    def load_checks(self, *, hidden: bool) -> tuple[Check, ...]:
        """The public checks in the order of their file, then (if asked for and present) the hidden ones.

        Raises:
            AuthoringError: if a file cannot be imported, an id is used twice, or `after` names what is not there.
        """
        public = _load(self.folder / "checks.py", f"{self.id}_checks")
        checks = list(_checks_of(public, hidden=False))
        if hidden and self.solution_folder and self.has_hidden_checks:
            with _lent(public):
                secret = _load(self.solution_folder / "hidden_checks.py", f"{self.id}_hidden_checks")
            checks += _checks_of(secret, hidden=True)
        if not checks:
            raise AuthoringError(f"{self.folder / 'checks.py'} has no checks.")
        seen: set[str] = set()
        for check in checks:
            if check.id in seen:
                raise AuthoringError(f"{self.id} has two checks named {check.id}.")
            if unknown := [name for name in check.after if name not in seen]:
                raise AuthoringError(f"{self.id}: {check.id} comes after {unknown[0]}, which is not an earlier check.")
            seen.add(check.id)
        return tuple(checks)

    def probes(self) -> bytes:
        """Source of the helpers that checks run inside the worker: probes.py of both sides, where there is one."""
        folders = [self.folder, *([self.solution_folder] if self.solution_folder else [])]
        return b"\n".join(path.read_bytes() for folder in folders if (path := folder / "probes.py").is_file())

    def fingerprint(self) -> str:
        """sha256 of everything that decides a verdict: the definition, the checks and the probes of both sides."""
        digest = hashlib.sha256()
        for folder in (self.folder, self.solution_folder):
            for name in ("exercise.toml", "checks.py", "hidden_checks.py", "probes.py"):
                if folder is not None and (path := folder / name).is_file():
                    digest.update(name.encode() + b"\0" + path.read_bytes())
        return digest.hexdigest()[:16]


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
        if not isinstance(data["hints"], list):
            raise TypeError("hints must be a list of texts")
        exercise = Exercise(
            id=folder.name,
            folder=folder,
            solution_folder=twin if twin.is_dir() else None,
            title=str(data["title"]),
            points=float(data["points"]),
            stub=str(data["stub"]),
            hints=tuple(str(hint).strip() for hint in data["hints"]),
            limits=limits,
            warm=tuple(str(name) for name in data.get("warm", ())),
            covertype=bool(data.get("covertype", False)),
            checkpoints=bool(data.get("checkpoints", False)),
            accelerated=bool(data.get("accelerated", False)),
            reveal=data.get("reveal", False) is True,
        )
    except _Misspelt as error:
        raise AuthoringError(f"{path} cannot be read: {error}") from None
    except (OSError, ValueError, TypeError) as error:
        raise AuthoringError(f"{path} cannot be read: {type(error).__name__}: {error}") from None
    if not exercise.stub_path.is_file() and not exercise.pristine_path.is_file():
        raise AuthoringError(f"{path} names the stub {exercise.stub}, which is not in {folder}.")
    return exercise


class _Misspelt(Exception):
    """A key that exercise.toml lacks, or has and nobody knows; the message says so, and which there are."""


def _check_keys(data: dict[str, Any]) -> None:
    if missing := [key for key in _NEEDED if key not in data]:
        raise _Misspelt(f"it has no {missing[0]}; it must say {', '.join(_NEEDED)}.")
    limits = data.get("limits", {})
    for where, found, known in (("it", data, (*_NEEDED, *_OPTIONAL)), ("[limits]", limits, (*_SECONDS, *_WORKERS))):
        if unknown := [key for key in found if key not in known]:
            raise _Misspelt(f"{where} has {unknown[0]!r}, which means nothing; there are {', '.join(known)}.")


def _limits(table: dict[str, Any]) -> ExerciseLimits:
    """`[limits]` is one flat table in exercise.toml: seconds for us, the rest for the worker."""
    seconds = {name: float(value) for name, value in table.items() if name in _SECONDS}
    worker = {name: int(value) for name, value in table.items() if name not in seconds}
    return ExerciseLimits(**seconds, worker=Limits(**worker))


def _load(path: Path, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None or not path.is_file():
        raise AuthoringError(f"{path} is missing.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up there
    try:
        spec.loader.exec_module(module)
    except AuthoringError:
        raise
    except Exception as error:
        raise AuthoringError(f"{path} cannot be imported: {type(error).__name__}: {error}") from error
    return module


@contextlib.contextmanager
def _lent(module: ModuleType) -> Iterator[None]:
    """Hidden checks may share the public ones' helpers: `from public_checks import …`, while they are loaded."""
    with _LENDING:  # one exercise at a time, whichever thread loads it
        sys.modules[LENT_NAME] = module
        try:
            yield
        finally:
            del sys.modules[LENT_NAME]


def _checks_of(module: ModuleType, *, hidden: bool) -> Iterator[Check]:
    """The checks defined in a module, in order; those that it has imported are not its own."""
    for value in vars(module).values():
        if isinstance(value, Check) and value.function.__module__ == module.__name__:
            yield replace(value, hidden=hidden)

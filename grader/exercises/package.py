"""An exercise as a Python package: one module whose path is its folders on both sides, so that relative imports work.

The package's name says where the folders are and what is in them. So two courses with an exercise of one name never
mix, a file that has changed is imported anew, and whoever asks again for the same content gets the same modules. Only
the exercise's own files can be imported in it: a student's work, which lies beside the checks, cannot.
"""

from __future__ import annotations

import hashlib
import importlib
import re
import sys
import traceback
from collections.abc import Mapping, Sequence
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Final

from grader.errors import AuthoringError
from grader.exercises.files import File, Folders, Side, imports_of

_NAMED: Final = 12
"""Characters of a sha256 in a package's name."""


def load(folders: Folders, files: Sequence[File], name: str) -> ModuleType:
    """A module of the exercise. Threads may load at once.

    Args:
        folders: the exercise's.
        files: what is in them, as just read.
        name: of the module, as the exercise's other modules import it.

    Raises:
        AuthoringError: if it cannot be imported, or two files go by one module's name.
    """
    _check(folders, files)
    package = _package(folders, files)
    path = next((file.path for file in files if file.module == name), folders.public / name)
    try:
        return importlib.import_module(f"{package}.{name}")
    except AuthoringError:
        raise
    except Exception as error:
        raise AuthoringError(f"{path} cannot be imported: {_why(error, package, folders, path)}") from error


def _package(folders: Folders, files: Sequence[File]) -> str:
    """The name of the package, which then is there: without a module in it, yet."""
    digest = hashlib.sha256(repr([str(folder) for _, folder in folders.sides()]).encode())
    for file in files:
        digest.update(f"{file.side}\0{file.name}\0{len(file.content)}\0".encode() + file.content)
    name = f"{re.sub(r'[^0-9A-Za-z_]', '_', folders.public.name)}_{digest.hexdigest()[:_NAMED]}"
    if name not in sys.modules:
        modules = {f"{name}.{file.module}": file for file in files if file.module}
        spec = ModuleSpec(name, None, is_package=True)
        spec.submodule_search_locations = _Places([str(folder) for _, folder in folders.sides()], modules)
        sys.modules.setdefault(name, module_from_spec(spec))  # whoever comes second takes the first one's
    return name


class _Places(list[str]):
    """A package's `__path__`, which knows the files that may be imported from there: module's full name → file."""

    def __init__(self, folders: list[str], modules: Mapping[str, File]) -> None:
        super().__init__(folders)
        self.modules = modules


class _Source(SourceFileLoader):
    """Loads what was read already. Python's own cache tells files by their second and size, which edits may share."""

    def __init__(self, fullname: str, file: File) -> None:
        super().__init__(fullname, str(file.path))
        self._content = file.content

    def get_data(self, path: str) -> bytes:
        """The source."""
        return self._content

    def path_stats(self, path: str) -> Mapping[str, object]:
        """Nothing by which compiled code could be kept."""
        raise OSError


class _Finder:
    """Finds the modules of exercises, and leaves all others alone."""

    @staticmethod
    def find_spec(fullname: str, path: Sequence[str] | None, target: ModuleType | None = None, /) -> ModuleSpec | None:
        """The spec of a module in an exercise's package; None for any other module.

        Raises:
            ModuleNotFoundError: if it is none of the exercise's files: the folders are not searched for others.
        """
        if not isinstance(path, _Places):
            return None
        if file := path.modules.get(fullname):
            inner = _Places([str(file.path.parent)], path.modules) if file.is_package else None
            loader = _Source(fullname, file)
            return spec_from_file_location(fullname, file.path, loader=loader, submodule_search_locations=inner)
        if any(name.startswith(f"{fullname}.") for name in path.modules):  # a folder without an __init__.py
            spec = ModuleSpec(fullname, None, is_package=True)
            spec.submodule_search_locations = _Places([], path.modules)
            return spec
        raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)


sys.meta_path.insert(0, _Finder())


def _check(folders: Folders, files: Sequence[File]) -> None:
    """Every module has one file, and imports what it may.

    Raises:
        AuthoringError: naming the file, and what is wrong with it.
    """
    for file in files:
        if not file.module:
            continue
        rivals = [place for place in folders.places(file.module) if place != file.path]
        if rivals:
            raise AuthoringError(f"{file.path} and {rivals[0]} are both the module {file.module}: rename one of them.")
        for name in dict.fromkeys(target.split(".")[0] for target in imports_of(file)):
            _check_import(folders, file, name)


def _check_import(folders: Folders, file: File, name: str) -> None:
    if not folders.may_be_a_module(name):
        raise AuthoringError(f"{file.path} imports {name}, which is not for checks: it runs in the worker only.")
    if not folders.places(name):
        where = " or ".join(str(folder) for _, folder in folders.sides())
        raise AuthoringError(f"{file.path} imports {name}, and there is no such module in {where}.")
    if file.side is Side.PUBLIC and not folders.places(name, (Side.PUBLIC,)):
        raise AuthoringError(f"{file.path} imports {name}, which lies in {folders.hidden}: students do not have it.")


def _why(error: Exception, package: str, folders: Folders, path: Path) -> str:
    """What is wrong, for the author: with the file and line, where it is in another file than `path`."""
    frames = [(Path(frame.filename), frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    own = [place for place in frames if any(place[0].is_relative_to(folder) for _, folder in folders.sides())]
    place = f" ({own[-1][0].name}:{own[-1][1]})" if own and own[-1][0] != path else ""
    return f"{type(error).__name__}: {error}{place}".replace(f"{package}.", "")

"""What an exercise is made of: its definition, its checks, and whatever these lead to, on both sides.

A module belongs to an exercise if its checks import it, directly or by way of another; nothing else does. So a backup
of a stub, a student's own file or a tool of the author's may lie beside them, and goes nowhere.
"""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

STATEMENT: Final = "README.md"
DEFINITION: Final = "exercise.toml"
PROBES: Final = "probes.py"
PUBLIC_ROOTS: Final = ("checks", "data")
"""Modules in exercises/ that the grader asks for: the rest is what they import."""
HIDDEN_ROOTS: Final = ("hidden_checks",)
NEVER_MODULES: Final = ("probes", "right", "wrong", "plain")
"""Beside the stub: what runs in the worker only. It is imported nowhere else."""


class Side(StrEnum):
    """Where a file lies: what students have, and what they have not."""

    PUBLIC = "exercises"
    HIDDEN = "solutions"


@dataclass(frozen=True)
class File:
    """One of an exercise's files.

    Attributes:
        side: the folder it is in.
        name: its path there, with slashes.
        path: its path on this machine.
        content: as it was read.
        module: the name under which the exercise's other modules import it, such as "table" or "checks.first"; "" if
            it is no module.
    """

    side: Side
    name: str
    path: Path
    content: bytes
    module: str = ""

    @property
    def is_package(self) -> bool:
        """Whether this is the `__init__.py` of its module."""
        return self.name.endswith("__init__.py")


@dataclass(frozen=True)
class Folders:
    """An exercise's folders: the one in exercises/ and, where it is there, its twin in solutions/."""

    public: Path
    hidden: Path | None
    stub: str
    extra: tuple[str, ...] = ()
    """Names of files beside the modules that checks read; on either side."""

    def sides(self) -> Iterator[tuple[Side, Path]]:
        """Those that are there."""
        yield Side.PUBLIC, self.public
        if self.hidden is not None:
            yield Side.HIDDEN, self.hidden

    def files(self) -> tuple[File, ...]:
        """All files of the exercise, by side and name. The stub, the reference solution and the corpora are none."""
        found: dict[tuple[Side, str], File] = {}
        for side, folder in self.sides():
            names = (STATEMENT, DEFINITION, PROBES, *self.extra) if side is Side.PUBLIC else (PROBES, *self.extra)
            for name in names:
                if (path := folder / name).is_file():
                    found[side, name] = File(side, name, path, path.read_bytes())
        for file in (*self._reached(PUBLIC_ROOTS, Side.PUBLIC), *self._reached(HIDDEN_ROOTS, Side.HIDDEN)):
            found[file.side, file.name] = file
        return tuple(found[key] for key in sorted(found))

    def places(self, module: str, sides: Sequence[Side] = tuple(Side)) -> list[Path]:
        """What goes by a module's name, a file or a folder of files: nothing, one or, by mistake, more."""
        inner = module.replace(".", "/")
        found = []
        for side, folder in self.sides():
            if side in sides:
                files = [path for name in (f"{inner}.py", f"{inner}/__init__.py") if (path := folder / name).is_file()]
                bare = [folder / inner] if not (folder / inner / "__init__.py").exists() else []
                found += files + [path for path in bare if any(path.glob("*.py"))]
        return found

    def may_be_a_module(self, module: str) -> bool:
        """Whether the checks may import it at all: students' work, for one, they may not."""
        return module.split(".")[0] not in (*NEVER_MODULES, self.stub.removesuffix(".py"))

    def inner(self, root: str, side: Side) -> list[str]:
        """The modules of a package of checks, in the order in which they are asked: by name. [] if it is none."""
        folder = self.public if side is Side.PUBLIC else self.hidden
        if folder is None or not (folder / root).is_dir():
            return []
        return [f"{root}.{path.stem}" for path in sorted((folder / root).glob("*.py")) if path.stem != "__init__"]

    def _reached(self, roots: Sequence[str], side: Side) -> Iterator[File]:
        """The files of these modules of one side, and of what they import: of both sides, if they are hidden."""
        waiting: list[tuple[str, Sequence[Side]]] = [
            (name, (side,)) for root in roots for name in (root, *self.inner(root, side))
        ]
        seen: set[str] = set()
        while waiting:
            name, sides = waiting.pop()
            file = self._first(name, sides) if name not in seen else None
            if file is not None:
                seen.add(name)
                yield file
                reach = tuple(Side) if file.side is Side.HIDDEN else (Side.PUBLIC,)
                waiting += [(target, reach) for target in imports_of(file)]

    def _first(self, module: str, sides: Sequence[Side]) -> File | None:
        """The file of a module, on the first of these sides that has one."""
        inner = module.replace(".", "/")
        for side, folder in self.sides():
            for name in (f"{inner}.py", f"{inner}/__init__.py"):
                if side in sides and self.may_be_a_module(module) and (folder / name).is_file():
                    return File(side, name, folder / name, (folder / name).read_bytes(), module)
        return None


def imports_of(file: File) -> tuple[str, ...]:
    """The modules of its exercise that a module may import, with those that they lie in; some may be names in one."""
    package = file.module if file.is_package else file.module.rpartition(".")[0]
    return _imported(file.content, package)


@functools.lru_cache(maxsize=1024)
def _imported(source: bytes, package: str) -> tuple[str, ...]:
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return ()  # who loads it will be told
    found: dict[str, None] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            outer = package.split(".") if package else []
            if node.level - 1 > len(outer):
                continue
            base = outer[: len(outer) - (node.level - 1)] + (node.module or "").split(".")
            for parts in (base, *([*base, alias.name] for alias in node.names)):
                steps = [part for part in parts if part]
                found |= dict.fromkeys(".".join(steps[:count]) for count in range(1, len(steps) + 1))
    return tuple(found)

"""Environments that have only some of this one's packages: lent by links, since torch takes gigabytes."""

from __future__ import annotations

import importlib.metadata
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from places import ROOT

BASE: Sequence[str] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
"""What the project needs whatever is done with it."""


def brought_by(requirements: Iterable[str]) -> set[str]:
    """The packages that are installed for some requirements, with all that those need in turn."""
    found: set[str] = set()
    waiting = [Requirement(text) for text in requirements]
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        for text in () if name in found else importlib.metadata.requires(name) or ():
            needed = Requirement(text)
            if needed.marker is None or any(
                needed.marker.evaluate({"extra": extra}) for extra in ("", *sorted(wanted.extras))
            ):
                waiting.append(needed)
        found.add(name)
    return found


def environment(folder: Path, requirements: Iterable[str], without: Iterable[str] = (), *, project: bool = True) -> str:
    """A Python with these packages and what they bring, but for some, and with this `project`; its program's path."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True, timeout=120)
    (site,) = (folder / "lib").glob("python3*/site-packages")
    if project:
        (site / "project.pth").write_text(f"{ROOT}\n")
    for name in brought_by(requirements) - set(without):
        distribution = importlib.metadata.distribution(name)
        for top in {file.parts[0] for file in distribution.files or () if file.parts[0] not in ("..", "__pycache__")}:
            if not (site / top).exists():
                (site / top).symlink_to(str(distribution.locate_file(top)))
    return str(folder / "bin" / "python")


def size_of(packages: Iterable[str]) -> int:
    """Bytes of the files of some installed packages, compiled ones left out."""
    return sum(
        file.size or 0
        for name in packages
        for file in importlib.metadata.distribution(name).files or ()
        if "__pycache__" not in file.parts
    )

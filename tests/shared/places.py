"""Where things lie: this repository, and the golden files of its tests."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests" / "golden"

CACHES = {".hypothesis", ".mypy_cache", ".pytest_cache", ".ruff_cache"}
"""What the tools of other tests may make at any time, in a process beside this one."""


def repository_folder() -> set[str]:
    """The names in this repository's folder."""
    return set(os.listdir(ROOT)) - CACHES

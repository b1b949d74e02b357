"""CoverType in scikit-learn's own cache, made from the course's shared copy of it, for tests without a network."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import ex15
import numpy as np
from places import ROOT

Table = ex15.module("table").Table

ARRAYS = Path(os.environ.get("COVTYPE_NPZ", ROOT.parent / "shared" / "data" / "covertype" / "covtype.npz"))
MISSING = f"CoverType's arrays are not at {ARRAYS}; COVTYPE_NPZ may name another place"


def fill(home: Path, rows: int | None = None) -> Path:
    """Write the cache that `fetch_covtype(data_home=home)` reads; with `rows`, only so many of them."""
    with np.load(ARRAYS) as found:
        numeric, area, soil, target = (found[name][:rows] for name in ("quantitative", "wilderness", "soil", "target"))
    return write(home, Table(numeric, area, soil, target))


def write(home: Path, table: Any) -> Path:
    """Write a table where `fetch_covtype(data_home=home)` looks for CoverType."""
    import joblib

    folder = home / "covertype"
    folder.mkdir(parents=True, exist_ok=True)
    joblib.dump(table.features(), folder / "samples_py3", compress=1)
    joblib.dump(table.labels(), folder / "targets_py3", compress=1)
    return home

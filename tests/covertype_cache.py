"""CoverType in scikit-learn's own cache, made from the course's shared copy of it, for tests without a network."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
ARRAYS = Path(os.environ.get("COVTYPE_NPZ", ROOT.parent / "shared" / "data" / "covertype" / "covtype.npz"))
MISSING = f"CoverType's arrays are not at {ARRAYS}; COVTYPE_NPZ may name another place"


def fill(home: Path, rows: int | None = None) -> Path:
    """Write the cache that `fetch_covtype(data_home=home)` reads; with `rows`, only so many of them."""
    import joblib

    with np.load(ARRAYS) as found:
        numeric, area, soil, target = (found[name][:rows] for name in ("quantitative", "wilderness", "soil", "target"))
    X = np.zeros((len(target), 54))
    X[:, :10] = numeric
    index = np.arange(len(target))
    X[index, 10 + area.astype(int)] = 1
    X[index, 14 + soil.astype(int)] = 1
    folder = home / "covertype"
    folder.mkdir(parents=True, exist_ok=True)
    joblib.dump(X, folder / "samples_py3", compress=1)
    joblib.dump(target.astype("int32"), folder / "targets_py3", compress=1)
    return home

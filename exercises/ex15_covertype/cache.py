"""CoverType in scikit-learn's own cache: recognised by every row, set aside where it is damaged, and fetched."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import socket
import threading
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from grader import Unobtainable

from .table import AREAS, COLUMNS, NUMERIC, Table

ROWS: Final = 581_012
PER_CLASS: Final = (211_840, 283_301, 35_754, 2_747, 9_493, 17_367, 20_510)
SHA256: Final = "17892fe2e90e1e082c4fd4a4aba9dbee1448d1ace7cddbf59ddaccc6c2676377"
"""Of the rows in the order of the UCI repository: the 10 numeric columns as little-endian int16, then each row's area,
soil and class as a byte (see `digest`)."""
_FILES: Final = ("samples_py3", "targets_py3")
_ARCHIVE_BYTES: Final = 11_240_707
"""Size of the archive that scikit-learn downloads, as its server says."""
_PATIENCE_S: Final = 15.0
_ONE_READER: Final = threading.Lock()


@dataclass(frozen=True)
class Kept:
    """What a scikit-learn data folder holds of CoverType. `problem`: one clause, "" if all is well."""

    folder: Path
    present: bool
    problem: str = ""


def data_folder(data_home: Path | None) -> Path:
    """Where scikit-learn keeps its data: the folder that was named, SCIKIT_LEARN_DATA, or ~/scikit_learn_data."""
    return Path(data_home or os.environ.get("SCIKIT_LEARN_DATA") or "~/scikit_learn_data").expanduser()


def look(data_home: Path | None, *, closely: bool = True) -> Kept:
    """What the cache holds; `closely`: after checking every row."""
    folder = data_folder(data_home) / "covertype"
    there = [name for name in _FILES if (folder / name).is_file()]
    if not there:
        return Kept(folder, False)
    if len(there) < len(_FILES):
        return Kept(folder, True, f"{next(n for n in _FILES if n not in there)} is missing")
    try:
        if closely:
            _cached(str(data_folder(data_home)), _stamp(folder))
    except _Damaged as error:
        return Kept(folder, True, str(error))
    return Kept(folder, True)


def rows(data_home: Path | None, watch: Callable[[float], None] | None = None) -> tuple[Table, str]:
    """CoverType's rows, and a sentence if the cache had to be mended; downloads them (11 MB) if they are not there.

    Args:
        data_home: scikit-learn's data folder.
        watch: is told, while it downloads, which share has arrived.

    Raises:
        Unobtainable: saying why.
    """
    kept, note = look(data_home), ""
    if kept.present and kept.problem:
        _set_aside(kept.folder)
        note = f"The cached CoverType in {kept.folder} was damaged ({kept.problem}), so it was fetched again."
    if not kept.present or kept.problem:
        try:
            _download(data_home, watch)
        except Exception as error:  # whatever a download can raise: no name server, no server, a bad archive, no room
            before = f"the cached one was damaged ({kept.problem}) and " if kept.problem else "it is not cached, and "
            raise Unobtainable(f"{before}fetching it failed ({_reason(error)})") from None
    try:
        return _cached(str(data_folder(data_home)), _stamp(kept.folder)), note
    except _Damaged as error:
        raise Unobtainable(f"what was fetched is damaged ({error})") from None


def digest(table: Table) -> str:
    """sha256 of the rows, in their order."""
    import numpy as np

    result = hashlib.sha256()
    for column, dtype in ((table.numeric, "<i2"), (table.area, "u1"), (table.soil, "u1"), (table.target, "u1")):
        result.update(np.ascontiguousarray(column, dtype).tobytes())
    return result.hexdigest()


class _Damaged(Exception):
    """The cache does not hold CoverType; the message is a clause."""


def _stamp(folder: Path) -> tuple[int, ...]:
    """Changes when the files do."""
    states = [(folder / name).stat() for name in _FILES]
    return tuple(number for state in states for number in (state.st_mtime_ns, state.st_size))


def _cached(data_home: str, stamp: tuple[int, ...]) -> Table:
    """The rows in a scikit-learn data folder; who comes while they are being read waits for them."""
    with _ONE_READER:
        return _read(data_home, stamp)


@functools.lru_cache(maxsize=1)
def _read(data_home: str, stamp: tuple[int, ...]) -> Table:
    """The rows, checked to the last bit."""
    from sklearn.datasets import fetch_covtype

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            X, y = fetch_covtype(data_home=data_home, download_if_missing=False, return_X_y=True)
    except Exception as error:  # a cut-off file can raise whatever its decoder does
        raise _Damaged(f"it cannot be read: {type(error).__name__}") from None
    if getattr(X, "shape", None) != (ROWS, COLUMNS) or getattr(y, "shape", None) != (ROWS,):
        raise _Damaged(f"its shape is {getattr(X, 'shape', None)}, not ({ROWS}, {COLUMNS})")
    area = X[:, NUMERIC : NUMERIC + AREAS].argmax(1).astype("uint8")
    soil = X[:, NUMERIC + AREAS :].argmax(1).astype("uint8")
    table = Table(X[:, :NUMERIC].astype("int16"), area, soil, y.astype("uint8"))
    if digest(table) != SHA256:
        raise _Damaged("its sha256 is not CoverType's")
    return table


def _set_aside(folder: Path) -> None:
    """scikit-learn downloads only what is not there."""
    for name in _FILES:
        with contextlib.suppress(OSError):
            (folder / name).replace(folder / f"{name}.damaged")


def _download(data_home: Path | None, watch: Callable[[float], None] | None) -> None:
    from sklearn.datasets import fetch_covtype

    with _patient(), _watched(data_folder(data_home) / "covertype", watch), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fetch_covtype(data_home=str(data_folder(data_home)), n_retries=1, delay=0.1)


@contextlib.contextmanager
def _patient() -> Iterator[None]:
    """A server that does not answer is not waited for long."""
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(_PATIENCE_S)
    try:
        yield
    finally:
        socket.setdefaulttimeout(before)


@contextlib.contextmanager
def _watched(folder: Path, watch: Callable[[float], None] | None) -> Iterator[None]:
    """scikit-learn tells nothing while it downloads, so the growing file is looked at."""
    if watch is None:
        yield
        return
    done = threading.Event()

    def follow() -> None:
        while not done.wait(0.2):
            with contextlib.suppress(OSError):
                size = sum(path.stat().st_size for path in folder.glob("*/*"))
                watch(min(1.0, size / _ARCHIVE_BYTES))

    thread = threading.Thread(target=follow, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _reason(error: BaseException) -> str:
    text = str(getattr(error, "reason", "") or error).strip().rstrip(".")
    return text[:120] or type(error).__name__

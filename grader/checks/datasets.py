"""The data that training is graded on: CoverType from scikit-learn's cache or the network, else a stand-in.

Test rows stay on the trusted side until a worker has to predict them; test labels never leave it. Every grading gets
the data in a disguise of its own, so that what was learnt by heart elsewhere is of no use.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import itertools
import socket
import threading
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.checks import covlike
from grader.checks.covertable import AREAS, COLUMNS, NUMERIC, Table, draw_disguise, no_disguise
from grader.checks.materials import DataChoice, Materials
from grader.errors import NotGradable

if TYPE_CHECKING:
    import numpy as np

ROWS: Final = 581_012
PER_CLASS: Final = (211_840, 283_301, 35_754, 2_747, 9_493, 17_367, 20_510)
SHA256: Final = "17892fe2e90e1e082c4fd4a4aba9dbee1448d1ace7cddbf59ddaccc6c2676377"
"""Of the rows in the order of the UCI repository: the 10 numeric columns as little-endian int16, then each row's area,
soil and class as a byte (see `digest`)."""
_FOLDS: Final = 10
_TEST_FOLDS: Final = 2
"""Of ten folds two are the test rows and one the validation rows; splitting twice takes six times as long."""
BUDGET_REAL_S, BUDGET_STAND_IN_S, BUDGET_REHEARSAL_S = 300.0, 90.0, 10.0
_FILES: Final = ("samples_py3", "targets_py3")
_ARCHIVE_BYTES: Final = 11_240_707
"""Size of the archive that scikit-learn downloads, as its server says."""
_PATIENCE_S: Final = 15.0
_ONE_READER: Final = threading.Lock()
_ONE_WORLD: Final = threading.Lock()
"""Several gradings of one seed share a world and its anchors; torch's generator, which trains them, is one for all."""
STAND_IN_NOTE: Final = (
    "Graded on covlike, a generated stand-in for CoverType, since {reason}. Worlds like it differ in difficulty: an "
    "accuracy counts here against a linear model and a plain MLP on the same rows, and says nothing about CoverType."
)


@dataclass(frozen=True)
class Stock:
    """What a scikit-learn data folder holds of CoverType. `problem`: one clause, "" if all is well."""

    folder: Path
    present: bool
    problem: str = ""
    rows: int = 0


@dataclass(frozen=True, eq=False)
class Attempt:
    """The data of one grading, split and in disguise.

    Attributes:
        train, valid, test: rows, the first two for the student.
        real: whether this is CoverType.
        name: in words.
        budget_s: how long the student's training may take.
        note: a sentence for the report, or "".
        anchors: trains what a stand-in's accuracies are held against; None for the real data.
    """

    train: Table
    valid: Table
    test: Table
    real: bool
    name: str
    budget_s: float
    note: str = ""
    anchors: Callable[[], covlike.Anchors] | None = None


def prepare(materials: Materials, seed: int) -> Attempt:
    """The data for one grading.

    Args:
        materials: which data, and where they lie.
        seed: of the split, the disguise and a stand-in's world; secret where there is a secret.

    Raises:
        NotGradable: if the real data were demanded and cannot be had, or a checkpoint from elsewhere meets a stand-in.
    """
    if materials.rehearsal:
        return _stand_in(seed, covlike.REHEARSAL, BUDGET_REHEARSAL_S, "the kit is being proven", materials)
    if materials.data is DataChoice.STAND_IN:
        return _stand_in(seed, covlike.FULL, BUDGET_STAND_IN_S, "it was asked for", materials)
    try:
        table, note = obtain(materials.data_home)
    except Unobtainable as lack:
        if materials.data is DataChoice.REAL:
            raise NotGradable(
                f"CoverType cannot be had: {lack}. Look at grade data, or leave out --data real."
            ) from None
        return _stand_in(seed, covlike.FULL, BUDGET_STAND_IN_S, str(lack), materials)
    name = f"CoverType ({len(table):,} rows)"
    return _dressed(_split(table, seed), seed, materials, True, name, BUDGET_REAL_S, note, None)


def read_meanwhile(materials: Materials) -> None:
    """Begin to read CoverType, if it is cached, in a thread of its own: while a sandbox starts, say."""
    if not materials.rehearsal and materials.data is not DataChoice.STAND_IN:
        threading.Thread(target=look, args=(materials.data_home,), daemon=True).start()


class Unobtainable(Exception):
    """CoverType is neither in the cache nor to be had from the network; the message is a clause that says why."""


def data_folder(data_home: Path | None) -> Path:
    """Where scikit-learn keeps its data: the folder that was named, SCIKIT_LEARN_DATA, or ~/scikit_learn_data."""
    import os

    return Path(data_home or os.environ.get("SCIKIT_LEARN_DATA") or "~/scikit_learn_data").expanduser()


def look(data_home: Path | None) -> Stock:
    """What the cache holds, after checking every row."""
    folder = data_folder(data_home) / "covertype"
    there = [name for name in _FILES if (folder / name).is_file()]
    if not there:
        return Stock(folder, False)
    if len(there) < len(_FILES):
        return Stock(folder, True, f"{next(n for n in _FILES if n not in there)} is missing")
    try:
        table = _cached(str(data_folder(data_home)), _stamp(folder))
    except _Damaged as error:
        return Stock(folder, True, str(error))
    return Stock(folder, True, "", len(table))


def obtain(data_home: Path | None, watch: Callable[[float], None] | None = None) -> tuple[Table, str]:
    """CoverType's rows, and a sentence if the cache had to be mended; downloads them (11 MB) if they are not there.

    Args:
        data_home: scikit-learn's data folder.
        watch: is told, while it downloads, which share has arrived.

    Raises:
        Unobtainable: saying why.
    """
    stock, note = look(data_home), ""
    if stock.present and stock.problem:
        _set_aside(stock.folder)
        note = f"The cached CoverType in {stock.folder} was damaged ({stock.problem}), so it was fetched again."
    if not stock.present or stock.problem:
        try:
            _download(data_home, watch)
        except Exception as error:  # whatever a download can raise: no name server, no server, a bad archive, no room
            before = f"the cached one was damaged ({stock.problem}) and " if stock.problem else "it is not cached, and "
            raise Unobtainable(f"{before}fetching it failed ({_reason(error)})") from None
    try:
        return _cached(str(data_folder(data_home)), _stamp(stock.folder)), note
    except _Damaged as error:
        raise Unobtainable(f"what was fetched is damaged ({error})") from None


def digest(table: Table) -> str:
    """sha256 of the rows, in their order."""
    import numpy as np

    result = hashlib.sha256()
    for column, dtype in ((table.numeric, "<i2"), (table.area, "u1"), (table.soil, "u1"), (table.target, "u1")):
        result.update(np.ascontiguousarray(column, dtype).tobytes())
    return result.hexdigest()


# --- the cache ------------------------------------------------------------------------------------------------------


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


# --- splits and disguises -------------------------------------------------------------------------------------------


def _generator(seed: int, what: int) -> np.random.Generator:
    import numpy as np

    return np.random.Generator(np.random.PCG64([seed, what]))


def _split(table: Table, seed: int) -> tuple[Table, Table, Table]:
    """70 % train, 10 % valid, 20 % test, each with every class in its share and its rows in random order."""
    import numpy as np
    from sklearn.model_selection import StratifiedKFold

    generator = _generator(seed, 1)
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=int(generator.integers(2**31)))
    held_out = [rows for _, rows in itertools.islice(folds.split(table.target, table.target), _TEST_FOLDS + 1)]
    test, valid = np.concatenate(held_out[:_TEST_FOLDS]), held_out[_TEST_FOLDS]
    rest = np.ones(len(table), bool)
    rest[test] = rest[valid] = False
    parts = [table.take(generator.permutation(rows)) for rows in (np.flatnonzero(rest), valid, test)]
    return parts[0], parts[1], parts[2]


def _stand_in(seed: int, scale: covlike.Scale, budget_s: float, reason: str, materials: Materials) -> Attempt:
    import numpy as np

    if materials.checkpoint is not None:
        raise NotGradable(f"A checkpoint trained elsewhere is graded on CoverType itself, which is not here: {reason}.")
    with _ONE_WORLD:
        world = covlike.world(seed, scale)
    first, second = scale.rows[0], scale.rows[0] + scale.rows[1]
    parts = tuple(world.take(rows) for rows in np.split(np.arange(len(world)), [first, second]))

    def anchors() -> covlike.Anchors:
        with _ONE_WORLD:
            return _anchors_of(seed, scale)

    name = f"covlike, a generated stand-in ({len(world):,} rows)"
    note = STAND_IN_NOTE.format(reason=reason)
    return _dressed((parts[0], parts[1], parts[2]), seed, materials, False, name, budget_s, note, anchors)


@functools.lru_cache(maxsize=2)
def _anchors_of(seed: int, scale: covlike.Scale) -> covlike.Anchors:
    import numpy as np

    world = covlike.world(seed, scale)
    train, _, test = np.split(np.arange(len(world)), [scale.rows[0], scale.rows[0] + scale.rows[1]])
    return covlike.anchors(world.take(train), world.take(test), scale, seed % 2**31)


def _dressed(
    parts: tuple[Table, Table, Table],
    seed: int,
    materials: Materials,
    real: bool,
    name: str,
    budget_s: float,
    note: str,
    anchors: Callable[[], covlike.Anchors] | None,
) -> Attempt:
    """Train rows sorted by class, so that shuffling matters; all in this grading's disguise, but for a checkpoint."""
    import numpy as np

    home_made = materials.checkpoint is not None
    disguise = no_disguise() if home_made else draw_disguise(_generator(seed, 2))
    train, valid, test = (disguise.apply(part) for part in parts)
    train = train.take(np.argsort(train.target, kind="stable"))
    return Attempt(train, valid, test, real, name, budget_s, note, anchors)

"""The data that ex15 is graded on: CoverType from scikit-learn's cache or the network, else a stand-in.

Test rows stay on the trusted side until a worker has to predict them; test labels never leave it. Every grading gets
the data in a disguise of its own, so that what was learnt by heart elsewhere is of no use.
"""

from __future__ import annotations

import functools
import itertools
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from grader import Materials, NotGradable, Stock, Unobtainable

from . import cache, stand_in
from .checkpoint import check_file, read_hyperparameters
from .table import Table, draw_disguise, no_disguise

if TYPE_CHECKING:
    import numpy as np

NAME: Final = "CoverType"
_FOLDS: Final = 10
_TEST_FOLDS: Final = 2
"""Of ten folds two are the test rows and one the validation rows; splitting twice takes six times as long."""
BUDGET_REAL_S, BUDGET_STAND_IN_S, BUDGET_REHEARSAL_S = 300.0, 90.0, 120.0
"""Seconds for fit. A rehearsal trains for some two: what ends it must be its epochs, not a busy machine's clock."""
_ONE_WORLD: Final = threading.Lock()
"""Several gradings of one seed share a world and its anchors; torch's generator, which trains them, is one for all."""
STAND_IN_NOTE: Final = (
    "Graded on covlike, a generated stand-in for CoverType, since {reason}. Worlds like it differ in difficulty: an "
    "accuracy counts here against a linear model and a plain MLP on the same rows, and says nothing about CoverType."
)


# --- what the grader asks for: see docs/authoring.md ----------------------------------------------------------------


def look(materials: Materials, *, closely: bool) -> Stock:
    """What the cache holds of CoverType; `closely`: after checking every row."""
    kept = cache.look(materials.options["data-home"], closely=closely)
    counts = ", ".join(f"{count:,}" for count in cache.PER_CLASS)
    return Stock(
        name=NAME,
        folder=kept.folder,
        present=kept.present,
        problem=kept.problem,
        summary=f"{cache.ROWS:,} rows, of the classes 1 to 7 {counts}",
        sentences=(f"sha256 of the rows: {cache.SHA256}, as it should be.",),
        download="11 MB",
        without="ex15 is graded on a stand-in meanwhile.",
    )


def obtain(materials: Materials, watch: Callable[[float], None]) -> str:
    """Fetch what is missing or damaged, telling `watch` which share has arrived; a sentence if something was mended.

    Raises:
        Unobtainable: saying why.
    """
    return cache.rows(materials.options["data-home"], watch)[1]


def begin(materials: Materials) -> None:
    """Begin to read CoverType, if it is cached, in a thread of its own: while a sandbox starts, say.

    Raises:
        UsageError: if the file that was named cannot be a checkpoint.
    """
    options = materials.options
    if options["checkpoint"] is not None:
        check_file(options["checkpoint"])
    if options["hyperparameters"] is not None:
        read_hyperparameters(options["hyperparameters"])
    if not materials.rehearsal and options["data"] != "stand-in":
        threading.Thread(target=cache.look, args=(options["data-home"],), daemon=True).start()


# --- one grading's data ---------------------------------------------------------------------------------------------


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
    anchors: Callable[[], stand_in.Anchors] | None = None


def prepare(materials: Materials, seed: int) -> Attempt:
    """The data for one grading.

    Args:
        materials: which data, and where they lie.
        seed: of the split, the disguise and a stand-in's world; secret where there is a secret.

    Raises:
        NotGradable: if the real data were demanded and cannot be had, or a checkpoint from elsewhere meets a stand-in.
    """
    given = _given(materials, seed)
    wanted = materials.options["budget"]
    if wanted is None or wanted >= given.budget_s:
        return given
    note = f"fit had {wanted:g} s, as --budget says, instead of {given.budget_s:g} s."
    return replace(given, budget_s=wanted, note=" ".join(filter(None, (given.note, note))))


def _given(materials: Materials, seed: int) -> Attempt:
    wanted = materials.options["data"]
    if materials.rehearsal:
        return _stand_in(seed, stand_in.REHEARSAL, BUDGET_REHEARSAL_S, "the kit is being proven", materials)
    if wanted == "stand-in":
        return _stand_in(seed, stand_in.FULL, BUDGET_STAND_IN_S, "it was asked for", materials)
    try:
        table, note = cache.rows(materials.options["data-home"])
    except Unobtainable as lack:
        if wanted == "real":
            raise NotGradable(
                f"CoverType cannot be had: {lack}. Look at grade data, or leave out --data real."
            ) from None
        return _stand_in(seed, stand_in.FULL, BUDGET_STAND_IN_S, str(lack), materials)
    name = f"CoverType ({len(table):,} rows)"
    return _dressed(_split(table, seed), seed, materials, True, name, BUDGET_REAL_S, note, None)


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


def _stand_in(seed: int, scale: stand_in.Extent, budget_s: float, reason: str, materials: Materials) -> Attempt:
    import numpy as np

    if materials.options["checkpoint"] is not None:
        raise NotGradable(f"A checkpoint trained elsewhere is graded on CoverType itself, which is not here: {reason}.")
    with _ONE_WORLD:
        world = stand_in.world(seed, scale)
    first, second = scale.rows[0], scale.rows[0] + scale.rows[1]
    parts = tuple(world.take(rows) for rows in np.split(np.arange(len(world)), [first, second]))

    def anchors() -> stand_in.Anchors:
        with _ONE_WORLD:
            return _anchors_of(seed, scale)

    name = f"covlike, a generated stand-in ({len(world):,} rows)"
    note = STAND_IN_NOTE.format(reason=reason)
    return _dressed((parts[0], parts[1], parts[2]), seed, materials, False, name, budget_s, note, anchors)


@functools.lru_cache(maxsize=2)
def _anchors_of(seed: int, scale: stand_in.Extent) -> stand_in.Anchors:
    import numpy as np

    world = stand_in.world(seed, scale)
    train, _, test = np.split(np.arange(len(world)), [scale.rows[0], scale.rows[0] + scale.rows[1]])
    return stand_in.anchors(world.take(train), world.take(test), scale, seed % 2**31)


def _dressed(
    parts: tuple[Table, Table, Table],
    seed: int,
    materials: Materials,
    real: bool,
    name: str,
    budget_s: float,
    note: str,
    anchors: Callable[[], stand_in.Anchors] | None,
) -> Attempt:
    """Train rows sorted by class, so that shuffling matters; all in this grading's disguise, but for a checkpoint."""
    import numpy as np

    home_made = materials.options["checkpoint"] is not None
    disguise = no_disguise() if home_made else draw_disguise(_generator(seed, 2))
    train, valid, test = (disguise.apply(part) for part in parts)
    train = train.take(np.argsort(train.target, kind="stable"))
    return Attempt(train, valid, test, real, name, budget_s, note, anchors)

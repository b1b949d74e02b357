"""Rows in CoverType's form, held compactly: 10 numeric columns, one of 4 wilderness areas, one of 40 soil types.

As features they are 54 columns (10 numeric, then 4 + 40 one-hot) of float64, which is what scikit-learn gives: 432
bytes a row, against 23 here. Class ids are 1..7.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from grader import ArrayFile, array_files

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

NUMERIC, AREAS, SOILS, CLASSES = 10, 4, 40, 7
COLUMNS = NUMERIC + AREAS + SOILS
_ROWS_AT_ONCE = 10_000


@dataclass(frozen=True, eq=False)
class Table:
    """Rows in CoverType's form.

    Attributes:
        numeric: (n, 10), any real dtype. area: (n,) in 0..3. soil: (n,) in 0..39. target: (n,) in 1..7.
    """

    numeric: Array
    area: Array
    soil: Array
    target: Array

    def __len__(self) -> int:
        return len(self.target)

    def take(self, rows: Array) -> Table:
        """Some of the rows, in the order given."""
        return Table(self.numeric[rows], self.area[rows], self.soil[rows], self.target[rows])

    def features(self) -> Array:
        """(n, 54) float64."""
        import numpy as np

        full = np.zeros((len(self), COLUMNS))
        full[:, :NUMERIC] = self.numeric
        rows = np.arange(len(self))
        full[rows, NUMERIC + self.area.astype(int)] = 1
        full[rows, NUMERIC + AREAS + self.soil.astype(int)] = 1
        return full

    def labels(self) -> Array:
        """(n,) int32 in 1..7: the dtype that scikit-learn gives."""
        return self.target.astype("int32")

    def file_of_features(self, name: str) -> ArrayFile:
        """`features()` in a file for a worker; only a part of it is ever in memory here."""
        return array_files.write(name, (part.features() for part in self._parts()))

    def file_of_labels(self, name: str) -> ArrayFile:
        """`labels()` in a file for a worker."""
        return array_files.write(name, [self.labels()])

    def _parts(self) -> Iterator[Table]:
        for start in range(0, len(self), _ROWS_AT_ONCE):
            rows = slice(start, start + _ROWS_AT_ONCE)
            yield Table(self.numeric[rows], self.area[rows], self.soil[rows], self.target[rows])


@dataclass(frozen=True, eq=False)
class Disguise:
    """Other names for the same things, so that tables learnt by heart are of no use and honest programs do not notice.

    Attributes:
        numeric, areas, soils: old column of each new one, within their kind.
        scale, shift: of the new numeric columns.
        classes: new id - 1 of each old class.
    """

    numeric: Array
    areas: Array
    soils: Array
    scale: Array
    shift: Array
    classes: Array

    def apply(self, table: Table) -> Table:
        """The same rows in disguise; numeric columns become float64."""
        import numpy as np

        return Table(
            table.numeric[:, self.numeric] * self.scale + self.shift,
            np.argsort(self.areas).astype("uint8")[table.area],
            np.argsort(self.soils).astype("uint8")[table.soil],
            (self.classes[table.target.astype(int) - 1] + 1).astype("uint8"),
        )


def draw_disguise(generator: np.random.Generator) -> Disguise:
    """Columns shuffled within their kind, numeric ones stretched by 0.5 to 2 and shifted, class ids shuffled."""
    import numpy as np

    scale = np.exp(generator.uniform(np.log(0.5), np.log(2), NUMERIC))
    return Disguise(
        numeric=generator.permutation(NUMERIC),
        areas=generator.permutation(AREAS),
        soils=generator.permutation(SOILS),
        scale=scale,
        shift=generator.uniform(-200, 200, NUMERIC),
        classes=generator.permutation(CLASSES),
    )


def no_disguise() -> Disguise:
    """Everything as it is."""
    import numpy as np

    return Disguise(
        np.arange(NUMERIC), np.arange(AREAS), np.arange(SOILS), np.ones(NUMERIC), np.zeros(NUMERIC), np.arange(CLASSES)
    )

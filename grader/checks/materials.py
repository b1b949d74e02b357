"""What a check may draw on beside the submission: data sets, and a checkpoint that was handed in with it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class DataChoice(StrEnum):
    """Which data an exercise that trains is graded on."""

    AUTO = "auto"
    REAL = "real"
    STAND_IN = "stand-in"


@dataclass(frozen=True)
class Materials:
    """Chosen by whoever starts the grading.

    Attributes:
        data: the real data set if it is to be had, or one of the two in any case.
        data_home: scikit-learn's data folder; None: its own choice (SCIKIT_LEARN_DATA, or ~/scikit_learn_data).
        rehearsal: whether small data and short budgets will do, as when the kit is proven.
        checkpoint: a trained checkpoint to be graded instead of training here.
        hyperparameters: a JSON file with the hyperparameters that belong to it, if it does not hold them itself.
        trust_checkpoint: whether a checkpoint may earn all points, though nobody saw on which rows it was trained.
    """

    data: DataChoice = DataChoice.AUTO
    data_home: Path | None = None
    rehearsal: bool = False
    checkpoint: Path | None = None
    hyperparameters: Path | None = None
    trust_checkpoint: bool = False

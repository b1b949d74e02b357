"""Lab 16: several processes work on one study, which lives in a database.

    init_study(url, name)       makes the study, for the highest accuracy; no error and no change if it is there
    worker(url, name, seed, n_trials, evaluate)
                                does n_trials trials more: "learning_rate" (1e-5 to 1e-1, logarithmic) and "n_hidden"
                                (20 to 300), whose value is evaluate(learning_rate, n_hidden)
    summary(url, name)          for each trial a dict with "number", "state", "params" and "value"
"""

from collections.abc import Callable
from typing import Any

import optuna

Evaluate = Callable[[float, int], float]


def init_study(url: str, name: str) -> None:
    raise NotImplementedError


def worker(url: str, name: str, seed: int, n_trials: int, evaluate: Evaluate) -> None:
    raise NotImplementedError


def summary(url: str, name: str) -> list[dict[str, Any]]:
    raise NotImplementedError

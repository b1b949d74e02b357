"""Lab 15: Optuna looks for a learning rate and a number of neurons.

    objective(trial, evaluate, n_epochs)
                        one trial: asks for "learning_rate" (1e-5 to 1e-1, logarithmic) and "n_hidden" (20 to 300),
                        evaluates and reports every epoch, stops if it is to be pruned; the last accuracy
    run_search(evaluate, n_trials, n_epochs, seed, n_startup_trials, n_warmup_steps)
                        a study for the highest accuracy, with TPE and a median pruner; for each trial a dict with
                        "number", "state", "params", "value" and "intermediate"

evaluate(learning_rate, n_hidden, epoch) is the accuracy after this epoch, the first of which is 0.
"""

from collections.abc import Callable
from typing import Any

import optuna

Evaluate = Callable[[float, int, int], float]


def objective(trial: optuna.Trial, evaluate: Evaluate, n_epochs: int) -> float:
    raise NotImplementedError


def run_search(
    evaluate: Evaluate, n_trials: int, n_epochs: int, seed: int, n_startup_trials: int, n_warmup_steps: int
) -> list[dict[str, Any]]:
    raise NotImplementedError

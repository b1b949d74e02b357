"""Reference solution of lab 16."""

from collections.abc import Callable
from typing import Any

import optuna

Evaluate = Callable[[float, int], float]


def init_study(url: str, name: str) -> None:
    optuna.create_study(study_name=name, storage=url, direction="maximize", load_if_exists=True)


def worker(url: str, name: str, seed: int, n_trials: int, evaluate: Evaluate) -> None:
    # The study is only looked up: workers that make it, too, race each other when they start.
    study = optuna.load_study(study_name=name, storage=url, sampler=optuna.samplers.TPESampler(seed=seed))

    def objective(trial: optuna.Trial) -> float:
        learning_rate = trial.suggest_float("learning_rate", 1e-5, 1e-1, log=True)
        return evaluate(learning_rate, trial.suggest_int("n_hidden", 20, 300))

    study.optimize(objective, n_trials=n_trials)


def summary(url: str, name: str) -> list[dict[str, Any]]:
    study = optuna.load_study(study_name=name, storage=url)
    return [
        {"number": trial.number, "state": trial.state.name, "params": trial.params, "value": trial.value}
        for trial in study.trials
    ]

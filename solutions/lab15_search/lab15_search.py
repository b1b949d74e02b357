"""Reference solution of lab 15."""

from collections.abc import Callable
from typing import Any

import optuna

Evaluate = Callable[[float, int, int], float]


def objective(trial: optuna.Trial, evaluate: Evaluate, n_epochs: int) -> float:
    learning_rate = trial.suggest_float("learning_rate", 1e-5, 1e-1, log=True)
    n_hidden = trial.suggest_int("n_hidden", 20, 300)
    for epoch in range(n_epochs):
        accuracy = evaluate(learning_rate, n_hidden, epoch)
        trial.report(accuracy, epoch)
        if trial.should_prune():
            raise optuna.TrialPruned()
    return accuracy


def run_search(
    evaluate: Evaluate, n_trials: int, n_epochs: int, seed: int, n_startup_trials: int, n_warmup_steps: int
) -> list[dict[str, Any]]:
    # Made anew in every call: a sampler that has been used goes on from there.
    study = optuna.create_study(
        direction="maximize",
        sampler=optuna.samplers.TPESampler(seed=seed),
        pruner=optuna.pruners.MedianPruner(n_startup_trials=n_startup_trials, n_warmup_steps=n_warmup_steps),
    )
    study.optimize(lambda trial: objective(trial, evaluate, n_epochs), n_trials=n_trials)
    return [
        {
            "number": trial.number,
            "state": trial.state.name,
            "params": trial.params,
            "value": trial.value,
            "intermediate": trial.intermediate_values,
        }
        for trial in study.trials
    ]

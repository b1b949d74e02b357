# functools.partial, keyword arguments, tensors without dimensions
from functools import partial

import optuna
import torch


def objective(trial, evaluate, n_epochs):
    params = {
        "n_hidden": trial.suggest_int("n_hidden", 20, 300),
        "learning_rate": trial.suggest_float("learning_rate", low=0.00001, high=0.1, log=True),
    }
    epoch = 0
    while True:
        accuracy = torch.tensor(evaluate(**params, epoch=epoch))
        trial.report(accuracy.item(), step=epoch)
        if trial.should_prune():
            raise optuna.TrialPruned()
        epoch += 1
        if epoch == n_epochs:
            return accuracy


def run_search(evaluate, n_trials, n_epochs, seed, n_startup_trials, n_warmup_steps):
    optuna.logging.disable_default_handler()
    study = optuna.create_study(
        study_name="search",
        direction="maximize",
        sampler=optuna.samplers.TPESampler(seed=seed, n_startup_trials=8),
        pruner=optuna.pruners.PercentilePruner(50.0, n_startup_trials, n_warmup_steps),
    )
    study.optimize(partial(objective, evaluate=evaluate, n_epochs=n_epochs), n_trials)
    return [
        {
            "number": number,
            "state": trial.state.name,
            "params": trial.params,
            "value": torch.tensor(trial.value),
            "intermediate": trial.intermediate_values,
            "seconds": trial.duration.total_seconds(),
        }
        for number, trial in enumerate(study.trials)
    ]

# fails: prunes_by_the_median — "give the study MedianPruner"
# base: solution
def run_search(
    evaluate: Evaluate, n_trials: int, n_epochs: int, seed: int, n_startup_trials: int, n_warmup_steps: int
) -> list[dict[str, Any]]:
    study = optuna.create_study(
        direction="maximize",
        sampler=optuna.samplers.TPESampler(seed=seed),
        pruner=optuna.pruners.NopPruner(),
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

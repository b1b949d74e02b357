# fails: searches — "make a plain dict"
# base: solution
def run_search(
    evaluate: Evaluate, n_trials: int, n_epochs: int, seed: int, n_startup_trials: int, n_warmup_steps: int
) -> list[dict[str, Any]]:
    study = optuna.create_study(
        direction="maximize",
        sampler=optuna.samplers.TPESampler(seed=seed),
        pruner=optuna.pruners.MedianPruner(n_startup_trials=n_startup_trials, n_warmup_steps=n_warmup_steps),
    )
    study.optimize(lambda trial: objective(trial, evaluate, n_epochs), n_trials=n_trials)
    return study.trials

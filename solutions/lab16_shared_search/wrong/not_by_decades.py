# fails: alone — "Learning rates go by decades"
# base: solution
def worker(url: str, name: str, seed: int, n_trials: int, evaluate: Evaluate) -> None:
    study = optuna.load_study(study_name=name, storage=url, sampler=optuna.samplers.TPESampler(seed=seed))

    def objective(trial: optuna.Trial) -> float:
        learning_rate = trial.suggest_float("learning_rate", 1e-5, 1e-1)
        return evaluate(learning_rate, trial.suggest_int("n_hidden", 20, 300))

    study.optimize(objective, n_trials=n_trials)

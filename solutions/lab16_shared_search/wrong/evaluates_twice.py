# fails: own_processes — "keep what it returned"
# base: solution
def worker(url: str, name: str, seed: int, n_trials: int, evaluate: Evaluate) -> None:
    study = optuna.load_study(study_name=name, storage=url, sampler=optuna.samplers.TPESampler(seed=seed))

    def objective(trial: optuna.Trial) -> float:
        learning_rate = trial.suggest_float("learning_rate", 1e-5, 1e-1, log=True)
        n_hidden = trial.suggest_int("n_hidden", 20, 300)
        print(trial.number, evaluate(learning_rate, n_hidden))
        return evaluate(learning_rate, n_hidden)

    study.optimize(objective, n_trials=n_trials)
